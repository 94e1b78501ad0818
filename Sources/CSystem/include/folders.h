// Going down a tree of folders without being led out of it.
#pragma once

/// openat2(2): opens the folder `name` in the open folder `folder`, for reading. The kernel
/// refuses links and whatever is mounted there. Returns the descriptor, or -1 with errno.
int mediary_open_folder_in(int folder, const char *name);
