// Which sanitizers this build has.

#ifndef SANITIZER_FLAVOUR_H
#define SANITIZER_FLAVOUR_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#elif __has_feature(thread_sanitizer)
#define HAS_THREAD_SANITIZER 1
#endif
#endif

#if defined(__SANITIZE_ADDRESS__) && !defined(HAS_ADDRESS_SANITIZER)
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__SANITIZE_THREAD__) && !defined(HAS_THREAD_SANITIZER)
#define HAS_THREAD_SANITIZER 1
#endif

#endif
