# SPDX-License-Identifier: Apache-2.0
# scr_pixels(NAME): loops over every pixel, which -O2 leaves one at a time and -O0 makes unbearable.
function(scr_pixels name)
  if(NOT CMAKE_BUILD_TYPE STREQUAL Debug)
    target_compile_options(scr_${name} PRIVATE -O3)
  elseif(SCR_SANITIZE)
    target_compile_options(scr_${name} PRIVATE -O2)
  endif()
endfunction()

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
  set_target_properties(scr_${name} PROPERTIES LINKER_LANGUAGE CXX
    UNITY_BUILD ${SCR_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  target_include_directories(scr_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(scr_${name} PUBLIC ${ROOM_USES})
  if(tests AND SCR_TESTS)
    add_executable(${name}_test ${tests})
    set_target_properties(${name}_test PROPERTIES
      UNITY_BUILD ${SCR_UNITY} UNITY_BUILD_BATCH_SIZE 0)
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${name}_test PRIVATE
      SCR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_compile_options(${name}_test PRIVATE -Wno-dangling-else)  # "if (x) EXPECT_..." is plain
    target_link_libraries(${name}_test PRIVATE scr_${name} known_answers GTest::gtest_main)
    add_test(NAME room.${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
    set_tests_properties(room.${name} PROPERTIES LABELS room)
    add_dependencies(room_tests ${name}_test)
  endif()
endfunction()
