"""The books: accounts and transfers, nothing else.

A **transfer** moves an amount of one unit from a source to a target account. It is one
row, written once, so it can't be unbalanced and all balances of a unit always sum to
zero. Mistakes are reversed, never edited.

Two doors lead in: `actions.transfer` (and `transfer_all`) for amounts, and
`actions.set_limits` for how far an account may go. Behind both stands PostgreSQL, which
refuses whatever would bend the books, whoever asks. `check_books` proves it every night.

The ledger has no pages: the rooms above decide who sees what.
"""
