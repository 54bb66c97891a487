-- What a name sounds like (definitions/sounding.sql), however it was typed.
create macro sounded(t) as sound_of(spelled(t));

-- Its consonants alone, by which names are brought together: ร and ล (v) are not heard behind another consonant.
create macro skeleton(t) as regexp_replace(regexp_replace(t, '[^ABCa-z]', '', 'g'), '([^v])v+', '\1', 'g');
