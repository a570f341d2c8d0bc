// Ctrl-C: long work looks at a flag, ends where it stands and writes what it has.
#pragma once

namespace nepho::cli {

// From here on SIGINT and SIGTERM raise the flag; a second one ends the process at once. SIGPIPE is
// ignored: a write to a closed pipe fails, and Output sees to it. To be called once, from main.
void watch_signals();

// Whether the work should end: after a signal, or request_stop(). Cheap; any thread.
bool stop_requested();
// The same without a signal: nobody reads our output any more.
void request_stop();

// Ends the process by the signal that was caught, so that a shell's loop around us ends too;
// returns when there was none. Call it when all is written.
void die_of_caught_signal();

}  // namespace nepho::cli
