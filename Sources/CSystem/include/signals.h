// A signal handler that is safe in any state of the process: it writes one byte.
#pragma once

#include <signal.h>

/// From now on `signal` writes its number as one byte to `descriptor`, which must not block and
/// must stay open until the signal is given back with sigaction(2) and `before`. One descriptor
/// serves all watched signals of the process. Returns 0, or -1 with errno.
int mediary_watch_signal(int signal, int descriptor, struct sigaction *before);

/// The signal's name without SIG, or null where it has none.
const char *mediary_signal_name(int signal);

/// Ignores a signal; `before` is what was in force.
int mediary_ignore_signal(int signal, struct sigaction *before);
