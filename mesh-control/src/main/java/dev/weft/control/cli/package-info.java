/**
 * The command lines: {@code mesh-control} runs and checks a control plane, {@code meshctl} asks one, or works on files
 * alone. Results on stdout, words for people on stderr; exit codes are those of {@link dev.weft.control.cli.ExitCode}.
 */
@NullMarked
package dev.weft.control.cli;

import org.jspecify.annotations.NullMarked;
