# How test modules, solutions and learners' files are compiled and linked: with
# the flags in compile_flags.txt, and --wrap for each name in
# wrapped_names.txt. The grader reads the same two files.

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/compile_flags.txt wb_flags REGEX "^-")
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/wrapped_names.txt wb_wrapped
     REGEX "^[a-zA-Z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_LIST_DIR}/compile_flags.txt
    ${CMAKE_CURRENT_LIST_DIR}/wrapped_names.txt)

set(wb_link_flags ${wb_flags})
list(FILTER wb_link_flags INCLUDE REGEX "^-(Wl,|l|nodefaultlibs)")
set(wb_compile_flags ${wb_flags})
list(REMOVE_ITEM wb_compile_flags ${wb_link_flags})
# Messages name files as they are called in the tree.
list(APPEND wb_compile_flags -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)
list(TRANSFORM wb_wrapped PREPEND "-Wl,--wrap=")

set(wb_support_dir ${CMAKE_CURRENT_LIST_DIR})

# wb_add_module(TARGET SOURCE): a module that wb_runner can load.
function(wb_add_module target source)
    add_library(${target} MODULE ${source})
    set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so")
    target_compile_options(${target} PRIVATE ${wb_compile_flags})
    target_link_options(${target} PRIVATE ${wb_link_flags} ${wb_wrapped})
    target_include_directories(${target} PRIVATE
        ${wb_support_dir} ${wb_support_dir}/../../cfutures/include)
endfunction()
