# The libraries of Debian 12 that we use, each as an imported target (docs/dependencies.md says why).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)

# nepho_library(NAME MODULE...): NAME::NAME from pkg-config modules.
function(nepho_library name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE PkgConfig::${name})
  add_library(${name}::${name} ALIAS ${name})
endfunction()

nepho_library(xxhash libxxhash)
nepho_library(simdjson simdjson)
nepho_library(yaml yaml-0.1)
nepho_library(re2 re2)
nepho_library(compression libzstd libdeflate libisal)
find_package(CLI11 REQUIRED)
add_library(cli11 INTERFACE)
target_link_libraries(cli11 INTERFACE CLI11::CLI11)
add_library(cli11::cli11 ALIAS cli11)
nepho_library(hyperscan libhs)
