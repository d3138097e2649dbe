# SPDX-License-Identifier: Apache-2.0
# How every file is compiled. Results are recomputed by strangers on other machines, hence
# -ffp-contract=off: the same digits whether or not the processor has a fused multiply-add.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Members that a designated initialiser leaves out have their defaults: that is what it is for.
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  -Wno-missing-field-initializers
  -ffp-contract=off -fno-fast-math)
if(SCR_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # g++'s -Wconversion is silent about signedness in C++, clang's is not: they are to want the same.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wthread-safety> -Wno-sign-conversion)
else()
  # g++ 12 warns where nothing is: at "a" + std::string (GCC bug 105651), and at std::optional and
  # tl::expected that are empty (80635). clang keeps watch over both in ./dev check.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
endif()
if(SCR_HARDEN)
  add_compile_options(-fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE
    -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fcf-protection)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(SCR_SANITIZE)
  add_compile_options(-fsanitize=${SCR_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS)
  add_link_options(-fsanitize=${SCR_SANITIZE})
endif()
if(SCR_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
