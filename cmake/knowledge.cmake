# Compiles knowledge/ into a folder's library: packed into one file, laid in by the assembler.
function(nepho_knowledge folder)
  # The pack is part of the first library: what reads YAML comes as sources.
  set(sources text/yaml.cc text/yaml_pack.cc base/place.cc base/printable.cc base/result.cc base/utf8.cc)
  list(TRANSFORM sources PREPEND ${CMAKE_SOURCE_DIR}/src/)
  add_executable(pack_knowledge ${CMAKE_SOURCE_DIR}/tools/pack_knowledge.cc ${sources})
  target_compile_features(pack_knowledge PRIVATE cxx_std_23)
  target_include_directories(pack_knowledge PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(pack_knowledge PRIVATE fmt::fmt yaml::yaml)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*)
  # A file that is taken away makes no other newer: the list itself is what the pack depends on.
  set(list ${CMAKE_BINARY_DIR}/knowledge.list)
  file(CONFIGURE OUTPUT ${list} CONTENT "${files}" @ONLY)
  set(pack ${CMAKE_BINARY_DIR}/knowledge.pack)
  nepho_page(page)
  add_custom_command(
    OUTPUT ${pack}
    COMMAND pack_knowledge ${CMAKE_SOURCE_DIR}/knowledge ${pack} web/page.html=${page}
    DEPENDS ${files} ${list} ${page} pack_knowledge
    COMMENT "Packing knowledge/" VERBATIM)
  set(source ${CMAKE_BINARY_DIR}/knowledge_pack.S)
  file(CONFIGURE OUTPUT ${source} CONTENT [[
.section .rodata
.global nepho_knowledge_begin
.global nepho_knowledge_end
.balign 16
nepho_knowledge_begin:
.incbin "@pack@"
nepho_knowledge_end:
.byte 0
.section .note.GNU-stack,"",%progbits
]] @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${pack} SKIP_PRECOMPILE_HEADERS ON)
  add_library(nepho_knowledge_pack OBJECT ${source})
  add_custom_target(knowledge_packed DEPENDS ${pack})
  add_dependencies(nepho_knowledge_pack knowledge_packed)
  target_sources(nepho_${folder} PRIVATE $<TARGET_OBJECTS:nepho_knowledge_pack>)
endfunction()
