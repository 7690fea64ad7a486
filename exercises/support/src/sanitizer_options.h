// The functions by which a sanitizer's runtime asks a program for its options,
// and the status with which a process ends that a sanitizer stopped.

#ifndef SANITIZER_OPTIONS_H
#define SANITIZER_OPTIONS_H

#define SANITIZER_STATUS_TEXT "99"

const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__ubsan_default_options(void);
const char *__tsan_default_options(void);

#endif
