"""Members of before get a profile and their first step of life; letters on their way go on."""

from django.db import migrations

CARRY_OVER = """
INSERT INTO members_profile
       (member_id, pronouns, about, languages, phone, address, emergency, contact_way,
        pronouns_audience, about_audience, languages_audience, neighbourhood_audience,
        phone_audience, email_audience, address_audience, emergency_audience)
SELECT id, '', '', '{}', '', '', '', CASE WHEN email IS NULL THEN 'phone' ELSE 'email' END,
       'members', 'members', 'members', 'members',
       'coordinators', 'coordinators', 'coordinators', 'coordinators'
  FROM members_member;

INSERT INTO members_lifestep
       (member_id, step, recorded_by_id, recorded_for_id, channel, recorded_at)
SELECT id, 'welcomed', id, id, 'web', welcomed_at FROM members_member;

INSERT INTO members_lifestep
       (member_id, step, recorded_by_id, recorded_for_id, channel, recorded_at)
SELECT id, 'departed', id, id, 'web', left_at FROM members_member WHERE left_at IS NOT NULL;

WITH numbered AS MATERIALIZED (
    SELECT id, nextval(pg_get_serial_sequence('members_letter', 'id')) AS letter_id
      FROM members_notice
     WHERE letter_due_at IS NOT NULL OR letter_sent_at IS NOT NULL OR letter_failures > 0
), made AS (
    INSERT INTO members_letter
           (id, member_id, address, name, kind, language, subject, text, path,
            made_at, due_at, sent_at, gave_up_at, tries, fault)
    OVERRIDING SYSTEM VALUE
    SELECT numbered.letter_id, n.member_id, '', '', n.kind, m.language, n.subject,
           n.headline || '.' || chr(10) || chr(10) || n.text, n.path,
           n.created_at, n.letter_due_at, n.letter_sent_at,
           CASE WHEN n.letter_due_at IS NULL AND n.letter_sent_at IS NULL
                THEN n.created_at END,
           n.letter_failures, n.letter_fault
      FROM numbered
      JOIN members_notice n ON n.id = numbered.id
      JOIN members_member m ON m.id = n.member_id)
UPDATE members_notice n SET letter_id = numbered.letter_id
  FROM numbered WHERE numbered.id = n.id;
"""
NOT_CARRIED_OVER = """
UPDATE members_notice SET letter_id = NULL;
DELETE FROM members_letter;

DELETE FROM members_lifestep;

DELETE FROM members_profile;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0003_belonging")]
    operations = [migrations.RunSQL(CARRY_OVER, reverse_sql=NOT_CARRIED_OVER)]
