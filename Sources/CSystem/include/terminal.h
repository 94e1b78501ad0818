// The one question a terminal answers through a variadic call.
#pragma once

/// The terminal's size through ioctl(TIOCGWINSZ); 0 on success, -1 where it is no terminal.
int mediary_terminal_size(int descriptor, int *columns, int *rows);
