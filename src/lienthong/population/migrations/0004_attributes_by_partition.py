"""An attribute's person is looked for in the one partition that the number falls into, not in all of them.

Both tables are split by the same hash of the same number into 16: partition NN of attributes refers to partition NN of
people. A foreign key between the wholes opens all sixteen for each row: nine tenths of what attaching attributes took.
"""

from django.db import migrations

APART = """
DO $$
BEGIN
    ALTER TABLE population_attribute DROP CONSTRAINT population_attribute_person_number_fkey;
    FOR part IN 0..15 LOOP
        EXECUTE format('ALTER TABLE population_attribute_%1$s ADD CONSTRAINT population_attribute_person_number_fkey '
            'FOREIGN KEY (person_number) REFERENCES population_person_%1$s', to_char(part, 'FM00'));
    END LOOP;
END $$;
"""
WHOLE = """
DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('ALTER TABLE population_attribute_%s DROP CONSTRAINT population_attribute_person_number_fkey',
            to_char(part, 'FM00'));
    END LOOP;
    ALTER TABLE population_attribute ADD CONSTRAINT population_attribute_person_number_fkey
        FOREIGN KEY (person_number) REFERENCES population_person;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("population", "0003_continued")]

    operations = [migrations.RunSQL(APART, reverse_sql=WHOLE)]
