// The opening of libcurl, and its functions behind pointers that are filled all at once, so that a
// library that lacks one is found there and not in the middle of a request.
#include "shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define FILE_NAME "libcurl.so.4"
// What of it is relied on: CURLOPT_QUICK_EXIT, which lets go of a name server that is silent.
#define OLDEST 0x075700
#define OLDEST_TEXT "7.87"

#define EACH(DO)                                                                                   \
  DO(curl_global_init) DO(curl_version_info) DO(curl_easy_init) DO(curl_easy_cleanup)              \
  DO(curl_easy_reset) DO(curl_easy_setopt) DO(curl_easy_getinfo) DO(curl_easy_strerror)            \
  DO(curl_slist_append) DO(curl_slist_free_all) DO(curl_multi_init) DO(curl_multi_cleanup)         \
  DO(curl_multi_add_handle) DO(curl_multi_remove_handle) DO(curl_multi_perform)                    \
  DO(curl_multi_poll) DO(curl_multi_wakeup) DO(curl_multi_info_read)

static struct {
#define DO(name) __typeof__(name) *name;
  EACH(DO)
#undef DO
} curl;

static const struct {
  const char *name;
  void **slot;
} symbols[] = {
#define DO(name) {#name, (void **)&curl.name},
    EACH(DO)
#undef DO
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(const char *) version;
static char missing[512];

static const char *open_library(void) {
  void *handle = dlopen(FILE_NAME, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    snprintf(missing, sizeof missing, "%s", dlerror());
    return missing;
  }
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    void *address = dlsym(handle, symbols[index].name);
    if (!address) {
      snprintf(missing, sizeof missing, FILE_NAME " has no function %s", symbols[index].name);
      return missing;
    }
    *symbols[index].slot = address;
  }
  const curl_version_info_data *info = curl.curl_version_info(CURLVERSION_NOW);
  if (info->version_num < OLDEST) {
    snprintf(missing, sizeof missing, FILE_NAME " is version %s, and " OLDEST_TEXT " is needed",
             info->version);
    return missing;
  }
  if (curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return FILE_NAME " does not begin";
  atomic_store_explicit(&version, info->version, memory_order_release);
  return NULL;
}

const char *mediary_curl_load(void) {
  if (atomic_load_explicit(&version, memory_order_acquire)) return NULL;
  pthread_mutex_lock(&lock);
  const char *error = version ? NULL : open_library();
  pthread_mutex_unlock(&lock);
  return error;
}

const char *mediary_curl_version(void) {
  return atomic_load_explicit(&version, memory_order_acquire);
}

const char *mediary_curl_certificates(void) {
  return curl.curl_version_info(CURLVERSION_NOW)->cainfo;
}

CURL *mediary_curl_new(void) { return curl.curl_easy_init(); }
void mediary_curl_free(CURL *handle) { curl.curl_easy_cleanup(handle); }
void mediary_curl_reset(CURL *handle) { curl.curl_easy_reset(handle); }

CURLcode mediary_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl.curl_easy_setopt(handle, option, value);
}

CURLcode mediary_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl.curl_easy_setopt(handle, option, value);
}

CURLcode mediary_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl.curl_easy_setopt(handle, option, value);
}

CURLcode mediary_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl.curl_easy_setopt(handle, option, value);
}

CURLcode mediary_curl_set_taker(CURL *handle, CURLoption option, curl_write_callback taker) {
  return curl.curl_easy_setopt(handle, option, taker);
}

long mediary_curl_number(CURL *handle, CURLINFO info) {
  long value = 0;
  return curl.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

curl_off_t mediary_curl_size(CURL *handle, CURLINFO info) {
  curl_off_t value = 0;
  return curl.curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

const char *mediary_curl_text(CURLcode code) { return curl.curl_easy_strerror(code); }

struct curl_slist *mediary_curl_append(struct curl_slist *list, const char *line) {
  return curl.curl_slist_append(list, line);
}
void mediary_curl_free_list(struct curl_slist *list) { curl.curl_slist_free_all(list); }

CURLM *mediary_curl_new_driver(void) { return curl.curl_multi_init(); }
void mediary_curl_free_driver(CURLM *driver) { curl.curl_multi_cleanup(driver); }

CURLMcode mediary_curl_add(CURLM *driver, CURL *handle) {
  return curl.curl_multi_add_handle(driver, handle);
}

CURLMcode mediary_curl_remove(CURLM *driver, CURL *handle) {
  return curl.curl_multi_remove_handle(driver, handle);
}

CURLMcode mediary_curl_perform(CURLM *driver) {
  int running = 0;
  return curl.curl_multi_perform(driver, &running);
}

CURLMcode mediary_curl_wait(CURLM *driver, int milliseconds) {
  return curl.curl_multi_poll(driver, NULL, 0, milliseconds, NULL);
}

CURLMcode mediary_curl_wake(CURLM *driver) { return curl.curl_multi_wakeup(driver); }

int mediary_curl_result(CURLM *driver, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl.curl_multi_info_read(driver, &left)))
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return 1;
    }
  return 0;
}
