// Stubs for the functions of symbols.h, and the opening of the libraries behind them.
//
// Each stub is one jump through a slot. The slots are filled, all at once, when a group is opened,
// so that a library that lacks a function is found there and not in the middle of a film.
#include "shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static void not_loaded(void) {
  fputs("mediary: a libav function was called before its library was opened\n", stderr);
  abort();
}

#if defined(__x86_64__)
#define JUMP(name) "  jmp *mediary_slot_" #name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name)                                                                                 \
  "  adrp x16, mediary_slot_" #name "\n  ldr x16, [x16, :lo12:mediary_slot_" #name "]\n  br x16\n"
#else
#error "write the jump of this processor"
#endif

// Hidden: libav's own libraries must go on calling each other and never come through here.
#define LAZY(library, name)                                                                        \
  __attribute__((visibility("hidden"))) void *mediary_slot_##name = (void *)not_loaded;            \
  __asm__(".text\n.globl " #name "\n.hidden " #name "\n.type " #name ", @function\n" #name         \
          ":\n" JUMP(name) ".size " #name ", . - " #name "\n");
#include "symbols.h"
#undef LAZY

enum { UTIL, RESAMPLE, CODEC, FORMAT, SCALE, FILTER, LIBRARIES };

#define TEXT_OF(number) #number
#define FILE_OF(name, major) "lib" name ".so." TEXT_OF(major)

static struct {
  const char *file;
  unsigned built;
  void *handle;
} libraries[LIBRARIES] = {
    [UTIL] = {FILE_OF("avutil", LIBAVUTIL_VERSION_MAJOR), LIBAVUTIL_VERSION_INT, NULL},
    [RESAMPLE] = {FILE_OF("swresample", LIBSWRESAMPLE_VERSION_MAJOR), LIBSWRESAMPLE_VERSION_INT,
                  NULL},
    [CODEC] = {FILE_OF("avcodec", LIBAVCODEC_VERSION_MAJOR), LIBAVCODEC_VERSION_INT, NULL},
    [FORMAT] = {FILE_OF("avformat", LIBAVFORMAT_VERSION_MAJOR), LIBAVFORMAT_VERSION_INT, NULL},
    [SCALE] = {FILE_OF("swscale", LIBSWSCALE_VERSION_MAJOR), LIBSWSCALE_VERSION_INT, NULL},
    [FILTER] = {FILE_OF("avfilter", LIBAVFILTER_VERSION_MAJOR), LIBAVFILTER_VERSION_INT, NULL},
};

static const struct {
  int library;
  const char *name;
  void **slot;
} symbols[] = {
#define LAZY(library, name) {library, #name, &mediary_slot_##name},
#include "symbols.h"
#undef LAZY
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(unsigned) opened_groups;
static char missing[512];

static const char *open_library(int library) {
  if (libraries[library].handle) return NULL;
  void *handle = dlopen(libraries[library].file, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    snprintf(missing, sizeof missing, "%s", dlerror());
    return missing;
  }
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    if (symbols[index].library != library) continue;
    void *address = dlsym(handle, symbols[index].name);
    if (!address) {
      snprintf(missing, sizeof missing, "%s has no function %s", libraries[library].file,
               symbols[index].name);
      return missing;
    }
    *symbols[index].slot = address;
  }
  libraries[library].handle = handle;
  return NULL;
}

const char *mediary_libav_load(enum mediary_libav_group group) {
  static const int wanted[][5] = {
      [MEDIARY_LIBAV_CORE] = {UTIL, RESAMPLE, CODEC, FORMAT, -1},
      [MEDIARY_LIBAV_SCALE] = {UTIL, SCALE, -1},
      [MEDIARY_LIBAV_FILTER] = {UTIL, SCALE, FILTER, -1},
  };
  unsigned bit = 1u << group;
  if (atomic_load_explicit(&opened_groups, memory_order_acquire) & bit) return NULL;
  pthread_mutex_lock(&lock);
  const char *error = NULL;
  for (const int *library = wanted[group]; *library >= 0 && !error; library++)
    error = open_library(*library);
  if (!error) {
    if (!opened_groups) mediary_libav_capture_log();
    atomic_fetch_or_explicit(&opened_groups, bit, memory_order_release);
  }
  pthread_mutex_unlock(&lock);
  return error;
}

const char *mediary_libav_library(int index) {
  return index >= 0 && index < LIBRARIES ? libraries[index].file : NULL;
}

unsigned mediary_libav_built(int index) { return libraries[index].built; }

unsigned mediary_libav_found(int index) {
  static const char *const names[LIBRARIES] = {
      [UTIL] = "avutil_version",     [RESAMPLE] = "swresample_version",
      [CODEC] = "avcodec_version",   [FORMAT] = "avformat_version",
      [SCALE] = "swscale_version",   [FILTER] = "avfilter_version",
  };
  pthread_mutex_lock(&lock);
  unsigned (*version)(void) = NULL;
  if (libraries[index].handle)
    version = (unsigned (*)(void))dlsym(libraries[index].handle, names[index]);
  pthread_mutex_unlock(&lock);
  return version ? version() : 0;
}
