/**
 * Tokens that requests carry: found, verified, made known to policies and to the application. In comes a {@link
 * dev.weft.config.JwtStage}, out comes a {@link dev.weft.authz.Stage}. Requirements are combined, tokens looked for, and refusals worded as
 * Envoy does it. A stage is immutable but for what it remembers of verified tokens, and may be used from any thread; nothing here does
 * I/O, keys behind a URL come from {@link dev.weft.authz.jwt.KeySources}.
 */
@NullMarked
package dev.weft.authz.jwt;

import org.jspecify.annotations.NullMarked;
