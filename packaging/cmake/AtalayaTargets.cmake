# SPDX-License-Identifier: GPL-3.0-or-later
# One function per kind of target, so that a folder's CMakeLists.txt says only its sources and what it stands on.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(atalaya_options INTERFACE)
target_compile_options(atalaya_options INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual
  # A unity batch makes every source an included file, and this warning assumes that such a file is a header.
  -Wno-subobject-linkage
  -Wno-missing-field-initializers -fpch-preprocess $<$<BOOL:${ATALAYA_WERROR}>:-Werror>)
target_compile_definitions(atalaya_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS QT_STRICT_ITERATORS ATALAYA_VERSION="${PROJECT_VERSION}")
target_include_directories(atalaya_options INTERFACE "${CMAKE_SOURCE_DIR}")
if(ATALAYA_SANITIZE)
  target_compile_options(atalaya_options INTERFACE -fsanitize=${ATALAYA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(atalaya_options INTERFACE -fsanitize=${ATALAYA_SANITIZE})
endif()

# atalaya_library(NAME LAYER models|widgets|app SOURCES ... LINK ...)
# A static library of one folder. The first library of a layer (atalaya_base, atalaya_theme) owns the layer's
# precompiled header; the others reuse it.
function(atalaya_library name)
  cmake_parse_arguments(ARG "" "LAYER" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC atalaya_options ${ARG_LINK})
  _atalaya_speed(${name} "${ARG_LAYER}")
endfunction()

# atalaya_program(NAME LAYER ... SOURCES ... LINK ...)
function(atalaya_program name)
  cmake_parse_arguments(ARG "" "LAYER" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE atalaya_options ${ARG_LINK})
  _atalaya_speed(${name} "${ARG_LAYER}")
endfunction()

# atalaya_test(NAME [LAYER models|widgets] [MAIN core|gui|none] [MOC] SOURCES ... LINK ... [TIMEOUT seconds] [LABELS ...])
# One GoogleTest program per tested folder, one ctest entry each. MAIN core runs under a QCoreApplication, gui under an
# off-screen QApplication. MOC where a source of the test declares a Q_OBJECT.
function(atalaya_test name)
  cmake_parse_arguments(ARG "MOC" "LAYER;MAIN;TIMEOUT" "SOURCES;LINK;LABELS;DEPENDS" ${ARGN})
  if(NOT ARG_MAIN)
    set(ARG_MAIN core)
  endif()
  if(NOT ARG_LAYER)
    set(ARG_LAYER tests)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ${ARG_MOC})
  target_link_libraries(${name} PRIVATE atalaya_options ${ARG_LINK} GTest::gmock GTest::gtest Qt6::Test)
  target_link_libraries(${name} PRIVATE atalaya_test_main_${ARG_MAIN})
  target_compile_definitions(${name} PRIVATE ATALAYA_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ATALAYA_BINARY_DIR="${CMAKE_BINARY_DIR}")
  _atalaya_speed(${name} ${ARG_LAYER})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()

# Unity batches (of 24: three batches of 8 cost two thirds more than one of 24), and one precompiled header per layer: the first target of a layer builds it, the others reuse it.
function(_atalaya_speed name layer)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${ATALAYA_UNITY} UNITY_BUILD_BATCH_SIZE 24)
  if(NOT layer)
    return()
  endif()
  get_property(owner GLOBAL PROPERTY ATALAYA_PCH_${layer})
  if(owner)
    target_precompile_headers(${name} REUSE_FROM ${owner})
  else()
    target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/packaging/cmake/${layer}_pch.h")
    set_property(GLOBAL PROPERTY ATALAYA_PCH_${layer} ${name})
  endif()
endfunction()
