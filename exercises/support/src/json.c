#include "json.h"

#include <string.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

// The length of the UTF-8 character at `s`, of which `left` bytes are there;
// 0 if it is none. Overlong forms, surrogates and what lies beyond U+10FFFF
// are none.
static size_t character_length(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80) {
        return 1;
    }
    size_t length;
    unsigned char lowest = 0x80;  // of the second byte
    unsigned char highest = 0xBF;
    if (s[0] >= 0xC2 && s[0] <= 0xDF) {
        length = 2;
    } else if (s[0] >= 0xE0 && s[0] <= 0xEF) {
        length = 3;
        lowest = s[0] == 0xE0 ? 0xA0 : 0x80;
        highest = s[0] == 0xED ? 0x9F : 0xBF;
    } else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        length = 4;
        lowest = s[0] == 0xF0 ? 0x90 : 0x80;
        highest = s[0] == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    if (left < length || s[1] < lowest || s[1] > highest) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (!is_continuation(s[i])) {
            return 0;
        }
    }
    return length;
}

static void add_ascii(struct buffer *out, unsigned char c)
{
    switch (c) {
    case '"':
        buffer_add_text(out, "\\\"");
        return;
    case '\\':
        buffer_add_text(out, "\\\\");
        return;
    case '\n':
        buffer_add_text(out, "\\n");
        return;
    case '\t':
        buffer_add_text(out, "\\t");
        return;
    default:
        break;
    }
    if (c < 0x20 || c == 0x7F) {
        buffer_add_format(out, "\\u%04x", c);
    } else {
        buffer_add(out, &c, 1);
    }
}

void json_add_bytes(struct buffer *out, const char *bytes, size_t size)
{
    buffer_add_text(out, "\"");
    const unsigned char *s = (const unsigned char *)bytes;
    while (size > 0) {
        const size_t length = character_length(s, size);
        if (length == 1) {
            add_ascii(out, s[0]);
        } else if (length > 1) {
            buffer_add(out, s, length);
        } else {
            buffer_add_text(out, "\\ufffd");
        }
        const size_t step = length > 0 ? length : 1;
        s += step;
        size -= step;
    }
    buffer_add_text(out, "\"");
}

void json_add_text(struct buffer *out, const char *text)
{
    json_add_bytes(out, text, strlen(text));
}
