# scr_room(NAME [WORLD] [USES room...]): one folder, one library, one test program.
# WORLD marks a room that may touch files, clock or network; tools/check_rooms reads the same line.
# Libraries from outside are linked by the room's own CMakeLists.txt, below its scr_room line.
function(scr_room name)
  cmake_parse_arguments(ROOM "WORLD" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc internal/*.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_(test|testing)\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_(test|testing|fuzz|bench)|/main)\\.cc$")
  list(TRANSFORM ROOM_USES PREPEND scr_)
  add_library(scr_${name} STATIC ${sources})
  set_target_properties(scr_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(scr_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(scr_${name} PUBLIC ${ROOM_USES})
  if(tests AND SCR_TESTS)
    add_executable(${name}_test ${tests})
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${name}_test PRIVATE
      SCR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_compile_options(${name}_test PRIVATE -Wno-dangling-else)  # "if (x) EXPECT_..." is plain
    target_link_libraries(${name}_test PRIVATE scr_${name} GTest::gtest_main)
    add_test(NAME room.${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
  endif()
endfunction()
