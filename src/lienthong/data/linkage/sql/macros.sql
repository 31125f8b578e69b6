-- Expressions used by every stage, on every engine. Each is a definition by itself: no state, no order.

-- Names ------------------------------------------------------------------------------------------
-- kit.names.fold: lower case, no marks, đ as d. The common case first: letters and single spaces.
CREATE MACRO bare(t) AS replace(lower(strip_accents(t)), 'đ', 'd');

CREATE MACRO plain_signs(t) AS trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    t, '[\x{00ad}\x{200b}-\x{200f}\x{2060}-\x{2064}\x{feff}]', '', 'g'),
    '[\x{2018}\x{2019}\x{02bb}\x{02bc}\x{0060}\x{00b4}\x{ff07}]', '''', 'g'),
    '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'),
    '[\s\x{00a0}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}\x{0085}\x{000b}\x{001c}-\x{001f}]+', ' ', 'g'));

CREATE MACRO tidied(t) AS CASE
    WHEN regexp_full_match(t, '[a-z]+( [a-z]+)*') THEN t
    ELSE plain_signs(replace(replace(t, 'ß', 'ss'), 'ƀ', 'b')) END;

CREATE MACRO fold(t) AS tidied(bare(t));

-- What is compared: a folded name with letters only, from its bare text, so that marks are taken off once.
CREATE MACRO letters(b) AS CASE
    WHEN regexp_full_match(b, '[a-z]+( [a-z]+)*') THEN b
    ELSE trim(regexp_replace(replace(plain_signs(replace(replace(b, 'ß', 'ss'), 'ƀ', 'b')), '''', ''),
        '[^a-z]+', ' ', 'g')) END;

-- kit.names.match_key: one spelling of the tone on open oa, oe, uy.
CREATE MACRO tone_first(t) AS {{tone_first}};

CREATE MACRO match_key_of(low) AS trim(tone_first(CASE
    WHEN regexp_full_match(low, '[a-z\x{e0}-\x{2ba}\x{2bd}-\x{1ef9}]+( [a-z\x{e0}-\x{2ba}\x{2bd}-\x{1ef9}]+)*') THEN low ELSE plain_signs(low) END));

CREATE MACRO match_key(t) AS match_key_of(lower(nfc_normalize(t)));

CREATE MACRO first_word(f) AS split_part(f, ' ', 1);
CREATE MACRO last_word(f) AS split_part(f, ' ', -1);
CREATE MACRO words(f) AS length(f) - length(replace(f, ' ', ''));

-- 6 as written, 5 spelling of the tone, 4 without marks or spaces, 3 other marks, 2 a letter or two,
-- 1 a part of it or turned round, 0 another name, -1 not said.
CREATE MACRO name_level(ra, fa, rb, fb) AS CASE
    WHEN fa IS NULL OR fb IS NULL OR fa = '' OR fb = '' THEN -1
    WHEN ra = rb THEN 6
    WHEN fa = fb THEN CASE
        WHEN (strlen(ra) = length(ra)) <> (strlen(rb) = length(rb)) THEN 4
        WHEN lower(ra) = lower(rb) THEN 5
        WHEN lower(nfc_normalize(ra)) = lower(nfc_normalize(rb)) THEN 5
        WHEN strlen(ra) = length(ra) THEN 4
        WHEN match_key(ra) = match_key(rb) THEN 5
        ELSE 3 END
    WHEN replace(fa, ' ', '') = replace(fb, ' ', '') THEN 4
    WHEN abs(length(fa) - length(fb)) <= 2 AND levenshtein(fa, fb) <= 2 AND (levenshtein(fa, fb) = 1
        OR (length(fb) >= 8 AND first_word(fa) = first_word(fb) AND last_word(fa) = last_word(fb))) THEN 2
    WHEN first_word(fa) = first_word(fb) AND last_word(fa) = last_word(fb) AND words(fa) <> words(fb) THEN 1
    WHEN concat(last_word(fb), ' ', left(fb, length(fb) - length(last_word(fb)) - 1)) = fa THEN 1
    WHEN concat(substr(fb, length(first_word(fb)) + 2), ' ', first_word(fb)) = fa THEN 1
    ELSE 0 END;

-- What is seen of a level without folding the first name, from the second in lower case and folded; else NULL.
CREATE MACRO name_at_once(ra, low_b, fb) AS CASE
    WHEN fb = '' THEN NULL
    WHEN lower(ra) = low_b THEN 5
    WHEN strlen(ra) = length(ra) AND lower(ra) = fb THEN 4 END;

-- Births -----------------------------------------------------------------------------------------
-- A text of a date as figures between slashes.
CREATE MACRO with_months(t) AS CASE
    WHEN regexp_matches(t, 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec') THEN {{month_names}} ELSE t END;

CREATE MACRO birth_text(raw) AS CASE
    WHEN regexp_full_match(raw, '[0-9]+([/.-][0-9]+)*') THEN replace(replace(raw, '.', '/'), '-', '/')
    ELSE trim(regexp_replace(with_months(regexp_replace(lower(trim(raw)), '[ t]+[0-9]{1,2}:[0-9]{2}.*$', '')),
        '[^0-9]+', '/', 'g'), '/') END;

CREATE MACRO birth_shape(t) AS CASE
    WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') THEN 'dmy'
    WHEN regexp_full_match(t, '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}') THEN 'ymd'
    WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}') THEN 'dm2'
    WHEN regexp_full_match(t, '[0-9]{1,2}/[0-9]{4}') THEN 'my'
    WHEN regexp_full_match(t, '[0-9]{4}/[0-9]{1,2}') THEN 'ym'
    WHEN regexp_full_match(t, '(18|19|20)[0-9]{2}') THEN 'y'
    WHEN regexp_full_match(t, '[0-9]{5}(/0)?') THEN 'serial'
    WHEN regexp_full_match(t, '[0-3][0-9][01][0-9](18|19|20)[0-9]{2}') THEN 'ddmmyyyy'
    WHEN regexp_full_match(t, '(18|19|20)[0-9]{2}[01][0-9][0-3][0-9]') THEN 'yyyymmdd'
    WHEN regexp_matches(t, '(^|/)(18|19|20)[0-9]{2}$') THEN 'tail' END;

-- The serial number of a day in a spreadsheet.
CREATE MACRO serial_day(t) AS DATE '1899-12-30' + CAST(left(t, 5) AS INTEGER);

CREATE MACRO birth_year(t, shape) AS CASE shape
    WHEN 'dmy' THEN CAST(split_part(t, '/', 3) AS INTEGER)
    WHEN 'ymd' THEN CAST(split_part(t, '/', 1) AS INTEGER)
    WHEN 'dm2' THEN CAST(split_part(t, '/', 3) AS INTEGER)
        + CASE WHEN CAST(split_part(t, '/', 3) AS INTEGER) <= {{this_year}} THEN 2000 ELSE 1900 END
    WHEN 'my' THEN CAST(split_part(t, '/', 2) AS INTEGER)
    WHEN 'ym' THEN CAST(split_part(t, '/', 1) AS INTEGER)
    WHEN 'y' THEN CAST(left(t, 4) AS INTEGER)
    WHEN 'serial' THEN CAST(year(serial_day(t)) AS INTEGER)
    WHEN 'ddmmyyyy' THEN CAST(substr(t, 5, 4) AS INTEGER)
    WHEN 'yyyymmdd' THEN CAST(left(t, 4) AS INTEGER)
    WHEN 'tail' THEN CAST(right(t, 4) AS INTEGER) END;

CREATE MACRO birth_month(t, shape) AS CASE shape
    WHEN 'dmy' THEN CAST(split_part(t, '/', 2) AS INTEGER)
    WHEN 'ymd' THEN CAST(split_part(t, '/', 2) AS INTEGER)
    WHEN 'dm2' THEN CAST(split_part(t, '/', 2) AS INTEGER)
    WHEN 'my' THEN CAST(split_part(t, '/', 1) AS INTEGER)
    WHEN 'ym' THEN CAST(split_part(t, '/', 2) AS INTEGER)
    WHEN 'serial' THEN CAST(month(serial_day(t)) AS INTEGER)
    WHEN 'ddmmyyyy' THEN CAST(substr(t, 3, 2) AS INTEGER)
    WHEN 'yyyymmdd' THEN CAST(substr(t, 5, 2) AS INTEGER) ELSE 0 END;

CREATE MACRO birth_day(t, shape) AS CASE shape
    WHEN 'dmy' THEN CAST(split_part(t, '/', 1) AS INTEGER)
    WHEN 'ymd' THEN CAST(split_part(t, '/', 3) AS INTEGER)
    WHEN 'dm2' THEN CAST(split_part(t, '/', 1) AS INTEGER)
    WHEN 'serial' THEN CAST(day(serial_day(t)) AS INTEGER)
    WHEN 'ddmmyyyy' THEN CAST(left(t, 2) AS INTEGER)
    WHEN 'yyyymmdd' THEN CAST(substr(t, 7, 2) AS INTEGER) ELSE 0 END;

-- A day of birth in the register.
CREATE MACRO day_in(t) AS coalesce(TRY_CAST(t AS DATE), CAST(try_strptime(t, '%d/%m/%Y') AS DATE));

CREATE MACRO day_of(y, m, d) AS TRY_CAST(concat(lpad(CAST(y AS VARCHAR), 4, '0'), '-', lpad(CAST(m AS VARCHAR), 2, '0'), '-',
    lpad(CAST(d AS VARCHAR), 2, '0')) AS DATE);

-- 7 the day, 6 the day read otherwise, 5 the month, 4 the year, 3 the year behind a filled-in 1 January,
-- 1 one part of the date differs, 0 another date, -1 not said. Precision: 0 day, 1 month, 2 year.
CREATE MACRO birth_level(rd, rp, ra, rt, pd, pp) AS CASE
    WHEN rd IS NULL OR pd IS NULL THEN -1
    WHEN rp = 0 AND pp = 0 THEN CASE
        WHEN rd = pd THEN CASE WHEN rt THEN 6 ELSE 7 END
        WHEN ra = pd THEN 6
        WHEN year(rd) = year(pd) AND month(rd) = 1 AND day(rd) = 1 THEN 3
        WHEN (year(rd) = year(pd) AND (month(rd) = month(pd) OR day(rd) = day(pd)))
            OR (month(rd) = month(pd) AND day(rd) = day(pd)) THEN 1
        ELSE 0 END
    WHEN rp <= 1 AND pp <= 1 THEN CASE
        WHEN year(rd) = year(pd) AND month(rd) = month(pd) THEN 5
        WHEN year(rd) = year(pd) AND rp = 0 AND month(rd) = 1 AND day(rd) = 1 THEN 3
        WHEN year(rd) = year(pd) THEN 1
        ELSE 0 END
    WHEN year(rd) = year(pd) THEN 4
    ELSE 0 END;

-- Numbers ----------------------------------------------------------------------------------------
CREATE MACRO digits(t) AS regexp_replace(regexp_replace(t, '\.0+$', ''), '[\s.\-''\x{00a0}]', '', 'g');

-- A twelve-digit number as a whole number, or NULL.
CREATE MACRO whole(t) AS CASE
    WHEN strlen(t) = 12 AND t BETWEEN '001' AND '99999999999999' AND NOT contains(t, '.')
        THEN TRY_CAST(t AS BIGINT) END;

CREATE MACRO twelve(n) AS lpad(CAST(n AS VARCHAR), 12, '0');

-- A whole number that stands where the old one belongs.
CREATE MACRO number_in_place(t) AS CASE WHEN length(t) >= 12 AND length(digits(t)) = 12 THEN t END;

CREATE MACRO number_of(fast, figures) AS coalesce(fast,
    CASE WHEN length(figures) BETWEEN 10 AND 12 THEN whole(lpad(figures, 12, '0')) END);

-- What nobody was given: all digits alike, counted up or down, nearly nothing.
CREATE MACRO filler(d) AS regexp_full_match(d, '0*[0-9]{0,3}|0+|1+|2+|3+|4+|5+|6+|7+|8+|9+')
    OR regexp_full_match(d, '0?123456789|012345678|1234567890|987654321|123456789012|012345678901|012345678912|123456789123|098765432109');

-- Cases, not a list: a list becomes a join, which every row goes through.
CREATE MACRO filler_whole(n) AS CASE n WHEN 123456789012 THEN TRUE WHEN 12345678901 THEN TRUE WHEN 12345678912 THEN TRUE
    WHEN 123456789123 THEN TRUE WHEN 98765432109 THEN TRUE WHEN 987654321098 THEN TRUE ELSE FALSE END;

CREATE MACRO number_kind(typed, figures, pid) AS CASE
    WHEN typed IS NULL THEN 5
    WHEN pid IS NULL THEN CASE
        WHEN NOT regexp_full_match(figures, '[0-9]{1,14}') THEN 7
        WHEN filler(figures) THEN 4
        WHEN length(figures) IN (7, 8, 9) THEN 2
        ELSE 6 END
    WHEN pid % 111111111111 = 0 OR filler_whole(pid) THEN 4
    WHEN figures IS NULL OR length(figures) = 12 THEN 0
    ELSE 1 END;

-- 3 the number, 2 one digit wrong, missing or two neighbours changed places, 1 two digits, 0 another, -1 none.
CREATE MACRO number_level(a, b, whole_a, whole_b) AS CASE
    WHEN whole_a = whole_b THEN 3
    WHEN a IS NULL THEN -1
    WHEN levenshtein(a, b) > 2 THEN 0
    WHEN levenshtein(a, b) = 1 THEN 2
    WHEN damerau_levenshtein(a, b) = 1 THEN 2
    ELSE 1 END;

-- Other fields: 1 equal, 0 differs, -1 not said by one of the two. -------------------------------------
CREATE MACRO same(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN -1 WHEN a = b THEN 1 ELSE 0 END;

CREATE MACRO sex_of(t) AS CAST(CASE t WHEN 'male' THEN 0 WHEN 'female' THEN 1 WHEN 'Nam' THEN 0 WHEN 'Nữ' THEN 1
    WHEN 'nam' THEN 0 WHEN 'nữ' THEN 1 WHEN 'NAM' THEN 0 WHEN 'NỮ' THEN 1 WHEN 'Nu' THEN 1 WHEN 'nu' THEN 1 WHEN 'NU' THEN 1
    WHEN 'M' THEN 0 WHEN 'F' THEN 1 WHEN 'm' THEN 0 WHEN 'f' THEN 1 WHEN 'Male' THEN 0 WHEN 'Female' THEN 1
    WHEN 'MALE' THEN 0 WHEN 'FEMALE' THEN 1 WHEN '1' THEN 0 WHEN '2' THEN 1 WHEN '0' THEN 1 END AS TINYINT);

-- All levels of a comparison in one number; words.py reads it back.
CREATE MACRO pack(nl, bl, pl, ol, sl, cl, ml, kind, status, rivals, name_kind, birth_kind, against) AS CAST(
    (nl + 1) + 10 * (bl + 1) + 100 * (pl + 1) + 1000 * (ol + 1) + 10000 * (sl + 1) + 100000 * (cl + 1)
    + 1000000 * (ml + 1) + 10000000 * kind + 100000000 * status AS BIGINT)
    + CAST(1000000000 AS BIGINT) * (rivals + 10 * name_kind + 100 * birth_kind + 1000 * against);

-- What stands where a name should: nothing, or somebody who is no person.
CREATE MACRO no_name(f) AS regexp_full_match(f, '(khong|khong co|khong ro|khong biet|chua|chua ro|chua co|chua biet|chua cap nhat|chua xac dinh|chua dat ten|null|none|nan|n a|na|x+|dang cap nhat|de trong|trong|khuyet|vo danh|unknown)');

CREATE MACRO no_person(f) AS regexp_matches(f, '{{no_person}}');

-- A letter that no Vietnamese name has, or two marked vowels where one can stand: an old font perhaps.
CREATE MACRO odd(t) AS NOT regexp_full_match(nfc_normalize(t), '[A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ .''’-]+')
    OR regexp_matches(lower(nfc_normalize(t)), '[aeouy][ùõ]|a[èéúêẻẽẹủũụ]|u[ïúủũụ]|a[àáảãạâầấẩẫậ]|e[èéẻẽẹâêềếểễệ]|o[òóỏõọâôồốổỗộ]|y[ỳýỷỹỵ]|(^| )thò ')
    OR regexp_matches(t, '[a-z][A-ZÀ-Þ]');

-- 0 a name, 1 nothing said, 2 no person, 3 an old font perhaps.
CREATE MACRO name_kind(raw, f) AS CASE WHEN f = '' OR no_name(f) THEN 1 WHEN no_person(f) THEN 2 WHEN odd(raw) THEN 3 ELSE 0 END;

-- A commune's code as a number: spreadsheets lose its zeros too. Codes of other makes stay apart.
CREATE MACRO unit_of(t) AS CASE WHEN t IS NOT NULL THEN
    coalesce(TRY_CAST(t AS INTEGER), 1000000000 + CAST(hash(t) % 1000000000000 AS BIGINT)) END;

-- A text as a key; what is not said has none.
CREATE MACRO key_of(t) AS CASE WHEN t IS NOT NULL THEN CAST(hash(t) >> 1 AS BIGINT) END;

CREATE MACRO old_in_register(t) AS CASE WHEN strlen(t) = 9 THEN nullif(TRY_CAST(t AS INTEGER), 0) END;

-- An old number of nine digits as a whole number, its zeros lost or not; nothing where it is a filler.
CREATE MACRO old_whole(o) AS CASE WHEN o >= 1000 AND o NOT IN (123456789, 987654321) AND o % 111111111 <> 0 THEN o END;

CREATE MACRO old_of(t) AS CASE WHEN t IS NOT NULL THEN old_whole(TRY_CAST(CASE
    WHEN strlen(t) BETWEEN 7 AND 9 AND NOT contains(t, '.') AND NOT contains(t, ' ') THEN t
    WHEN length(digits(t)) BETWEEN 7 AND 9 THEN digits(t) END AS INTEGER)) END;
