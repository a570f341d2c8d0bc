# Compiler flags for every target of ours.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers and ccache go together only with these (ccache manual, "Precompiled headers"). Paths count from the tree and
  # not from the root, so that another clone takes what this one has compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
               CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_library(nepho_flags INTERFACE)
target_link_options(nepho_flags INTERFACE -pthread)
target_compile_options(nepho_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                             -Woverloaded-virtual
                                             # for profilers and sanitizers; in a release the engine's loops want the register
                                             $<$<NOT:$<CONFIG:Release>>:-fno-omit-frame-pointer> -pthread
                                             -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns wrongly here, in its own headers (GCC bugs 105329 and 105651); optimised fully it says the same of the same
  # lines as overflow and bounds, which the other builds and clang look for.
  target_compile_options(nepho_flags INTERFACE -Wno-restrict -fpch-preprocess
                                               $<$<CONFIG:Release>:-Wno-stringop-overflow>
                                               $<$<CONFIG:Release>:-Wno-stringop-overread>
                                               $<$<CONFIG:Release>:-Wno-array-bounds>)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(nepho_flags INTERFACE -march=x86-64-v2)
endif()
if(NEPHO_SANITIZE)
  target_compile_options(nepho_flags INTERFACE -fsanitize=${NEPHO_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(nepho_flags INTERFACE -fsanitize=${NEPHO_SANITIZE})
endif()
if(NEPHO_FUZZ)
  target_compile_options(nepho_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_compile_definitions(nepho_flags INTERFACE NEPHO_FUZZ)
endif()
if(NEPHO_COVERAGE)
  target_compile_options(nepho_flags INTERFACE --coverage)
  target_link_options(nepho_flags INTERFACE --coverage)
endif()
if(NEPHO_HARDENED)
  target_compile_options(nepho_flags INTERFACE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
                                               -fstack-clash-protection -fcf-protection -fPIE)
  target_link_options(nepho_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()
