# The installed program and its .deb.
include(GNUInstallDirs)
if(TARGET nepho)
  install(TARGETS nepho RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Nephometer maintainers")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
