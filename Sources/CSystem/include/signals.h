// A signal handler that is safe in any state of the process: it writes one byte.
#pragma once

/// From now on `signal` writes its number as one byte to `descriptor`, which must not block and
/// must stay open until the signal is given back. One descriptor serves all watched signals of
/// the process. Returns 0, or -1 with errno.
int mediary_watch_signal(int signal, int descriptor);

/// Ignores a signal until it is given back. Returns 0, or -1 with errno.
int mediary_ignore_signal(int signal);

/// Puts back what a watched or ignored signal did before.
void mediary_give_signal_back(int signal);

/// Whether a signal is ignored.
int mediary_signal_is_ignored(int signal);

/// The signal's name without SIG, or null where it has none.
const char *mediary_signal_name(int signal);
