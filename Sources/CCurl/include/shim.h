// libcurl as Swift can reach it: the header, and what it hides behind varargs.
//
// The library is not linked. mediary_curl_load opens it when the first request is made: with the
// thirty libraries that Debian's brings along it would cost every command 13 ms at its start.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/// Opens libcurl, once; later calls answer at once. Returns NULL, or what is missing. Nothing else
/// may be called before this succeeded.
const char *mediary_curl_load(void);
/// The version that was opened, "7.88.1"; NULL before.
const char *mediary_curl_version(void);
/// The file of certificates that it trusts; NULL where it has none of its own.
const char *mediary_curl_certificates(void);

/// A handle for one request at a time; NULL without memory.
CURL *mediary_curl_new(void);
void mediary_curl_free(CURL *handle);
/// Forgets all that was set, and keeps the connections.
void mediary_curl_reset(CURL *handle);

// curl_easy_setopt by the kind of its value.
CURLcode mediary_curl_set_number(CURL *handle, CURLoption option, long value);
CURLcode mediary_curl_set_size(CURL *handle, CURLoption option, curl_off_t value);
/// The text is copied.
CURLcode mediary_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode mediary_curl_set_pointer(CURL *handle, CURLoption option, void *value);
/// The function that takes the answer's bytes (CURLOPT_WRITEFUNCTION) or header lines.
CURLcode mediary_curl_set_taker(CURL *handle, CURLoption option, curl_write_callback taker);

// curl_easy_getinfo by the kind of its answer; 0 where there is none.
long mediary_curl_number(CURL *handle, CURLINFO info);
curl_off_t mediary_curl_size(CURL *handle, CURLINFO info);

/// libcurl's words for one of its results.
const char *mediary_curl_text(CURLcode code);

/// Adds a line to a list, which may be NULL; NULL without memory, and the list is as it was.
struct curl_slist *mediary_curl_append(struct curl_slist *list, const char *line);
void mediary_curl_free_list(struct curl_slist *list);

/// What drives a handle, and keeps its connections; NULL without memory.
CURLM *mediary_curl_new_driver(void);
void mediary_curl_free_driver(CURLM *driver);
CURLMcode mediary_curl_add(CURLM *driver, CURL *handle);
CURLMcode mediary_curl_remove(CURLM *driver, CURL *handle);
/// Does what can be done without waiting.
CURLMcode mediary_curl_perform(CURLM *driver);
/// Waits until there is something to do, or somebody wakes it.
CURLMcode mediary_curl_wait(CURLM *driver, int milliseconds);
/// Ends a wait, or the next one; may be called by any thread while the driver lives.
CURLMcode mediary_curl_wake(CURLM *driver);
/// Whether a handle of the driver is done, and with what.
int mediary_curl_result(CURLM *driver, CURLcode *result);
