#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace nepho::cli {
namespace {

// Lock-free, so a signal handler may touch them.
std::atomic<int> caught_signal{0};
std::atomic<bool> stop{false};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int signal) {
  caught_signal.store(signal, std::memory_order_relaxed);
  stop.store(true, std::memory_order_relaxed);
}

void handle(int signal) {
  struct sigaction action{};
  action.sa_handler = on_signal;
  // Without SA_RESTART a blocked read returns; with SA_RESETHAND the second signal kills.
  action.sa_flags = SA_RESETHAND;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void watch_signals() {
  handle(SIGINT);
  handle(SIGTERM);
  ::signal(SIGPIPE, SIG_IGN);
}

bool stop_requested() { return stop.load(std::memory_order_relaxed); }

void request_stop() { stop.store(true, std::memory_order_relaxed); }

void die_of_caught_signal() {
  const int signal = caught_signal.load(std::memory_order_relaxed);
  if (signal == 0) return;
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace nepho::cli
