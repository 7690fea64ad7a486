// Texts as JSON: quoted, escaped, and always valid UTF-8.

#ifndef JSON_H
#define JSON_H

#include "buffer.h"

// Adds the bytes as a JSON string. What is not UTF-8 becomes U+FFFD.
void json_add_bytes(struct buffer *out, const char *bytes, size_t size);
void json_add_text(struct buffer *out, const char *text);

#endif
