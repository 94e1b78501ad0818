#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static _Atomic int watched_by = -1;

// What each signal did before; only its own giver and taker touch an entry.
static struct sigaction before[NSIG];

static void report(int signal) {
  int number = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe loses the byte, and holds thousands of signals that nobody has looked at.
  ssize_t written = write(atomic_load(&watched_by), &byte, 1);
  (void)written;
  errno = number;
}

int mediary_watch_signal(int signal, int descriptor) {
  atomic_store(&watched_by, descriptor);
  struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  if (sigaction(signal, &action, &before[signal]) != 0) return -1;
  // A parent may have started us from a thread that blocks signals, and the mask is inherited.
  sigset_t watched;
  sigemptyset(&watched);
  sigaddset(&watched, signal);
  errno = pthread_sigmask(SIG_UNBLOCK, &watched, NULL);
  return errno == 0 ? 0 : -1;
}

int mediary_ignore_signal(int signal) {
  struct sigaction action = {.sa_handler = SIG_IGN};
  return sigaction(signal, &action, &before[signal]);
}

void mediary_give_signal_back(int signal) { sigaction(signal, &before[signal], NULL); }

int mediary_signal_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

const char *mediary_signal_name(int signal) { return sigabbrev_np(signal); }
