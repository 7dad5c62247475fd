"""What PostgreSQL refuses in this room: rewritten history, and towns that lie in themselves."""

from django.db import migrations

HISTORY_STAYS = """
CREATE FUNCTION members_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is history: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER policy_version_is_never_rewritten
    BEFORE UPDATE OR DELETE OR TRUNCATE ON members_policyversion
    FOR EACH STATEMENT EXECUTE FUNCTION members_refuse_rewriting();
CREATE TRIGGER agreement_version_is_never_rewritten
    BEFORE UPDATE OR DELETE OR TRUNCATE ON members_agreementversion
    FOR EACH STATEMENT EXECUTE FUNCTION members_refuse_rewriting();
CREATE TRIGGER life_step_is_never_rewritten
    BEFORE UPDATE OR DELETE OR TRUNCATE ON members_lifestep
    FOR EACH STATEMENT EXECUTE FUNCTION members_refuse_rewriting();
CREATE TRIGGER signature_is_never_removed
    BEFORE DELETE OR TRUNCATE ON members_signature
    FOR EACH STATEMENT EXECUTE FUNCTION members_refuse_rewriting();
"""
REWRITABLE = """
DROP TRIGGER policy_version_is_never_rewritten ON members_policyversion;
DROP TRIGGER agreement_version_is_never_rewritten ON members_agreementversion;
DROP TRIGGER life_step_is_never_rewritten ON members_lifestep;
DROP TRIGGER signature_is_never_removed ON members_signature;
DROP FUNCTION members_refuse_rewriting();
"""
# Whoever is forgotten takes their name and the picture of their hand away from a signature;
# that somebody signed this text then, stays.
SIGNED_TEXT_STAYS = """
CREATE FUNCTION members_signature_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM members_agreementversion v
         WHERE v.id = NEW.version_id AND v.content_hash = NEW.content_hash)
    THEN
        RAISE EXCEPTION 'a signature is over the text that was read'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        (NEW.version_id, NEW.member_id, NEW.content_hash, NEW.recorded_by_id,
         NEW.recorded_for_id, NEW.channel, NEW.recorded_at)
        IS DISTINCT FROM
        (OLD.version_id, OLD.member_id, OLD.content_hash, OLD.recorded_by_id,
         OLD.recorded_for_id, OLD.channel, OLD.recorded_at)
        OR (NEW.typed_name <> OLD.typed_name AND NEW.typed_name <> '')
        OR (NEW.scan_id IS DISTINCT FROM OLD.scan_id AND NEW.scan_id IS NOT NULL))
    THEN
        RAISE EXCEPTION 'what was signed stays signed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_is_over_the_text
    BEFORE INSERT OR UPDATE ON members_signature
    FOR EACH ROW EXECUTE FUNCTION members_signature_fits();
"""
SIGNED_TEXT_GOES = """
DROP TRIGGER signature_is_over_the_text ON members_signature;
DROP FUNCTION members_signature_fits();
"""
# A part of town that lay, over some corners, in itself would have no end.
NO_CIRCLES = """
CREATE FUNCTION members_no_circle_of_neighbourhoods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time, or two could close a circle that neither sees.
    PERFORM pg_advisory_xact_lock(hashtext('members_neighbourhood'));
    IF NEW.parent_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE above AS (
            SELECT NEW.parent_id AS id
             UNION
            SELECT n.parent_id FROM members_neighbourhood n JOIN above a ON n.id = a.id
             WHERE n.parent_id IS NOT NULL)
        SELECT FROM above WHERE id = NEW.id)
    THEN
        RAISE EXCEPTION 'neighbourhood % would lie in itself', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER neighbourhoods_make_no_circle
    BEFORE INSERT OR UPDATE OF parent_id ON members_neighbourhood
    FOR EACH ROW EXECUTE FUNCTION members_no_circle_of_neighbourhoods();
"""
CIRCLES = """
DROP TRIGGER neighbourhoods_make_no_circle ON members_neighbourhood;
DROP FUNCTION members_no_circle_of_neighbourhoods();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0005_letters_on_their_own")]
    operations = [
        migrations.RunSQL(HISTORY_STAYS, reverse_sql=REWRITABLE),
        migrations.RunSQL(SIGNED_TEXT_STAYS, reverse_sql=SIGNED_TEXT_GOES),
        migrations.RunSQL(NO_CIRCLES, reverse_sql=CIRCLES),
    ]
