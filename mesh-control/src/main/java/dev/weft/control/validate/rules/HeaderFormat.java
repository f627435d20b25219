package dev.weft.control.validate.rules;

import java.util.Optional;

/**
 * Envoy's {@code %COMMAND%}, {@code %COMMAND(argument)%} and {@code %COMMAND(["list"])%} in header values; {@code %%} is a
 * percent sign. Which commands there are is not checked, only that they end.
 */
final class HeaderFormat {
    private final String text;
    private int at;

    private HeaderFormat(String text) {
        this.text = text;
    }

    static Optional<String> check(String text) {
        return new HeaderFormat(text).literal()
                ? Optional.empty()
                : Optional.of("%COMMAND%, %COMMAND(argument)% or %% for a percent sign was expected");
    }

    private boolean literal() {
        while (at < text.length()) {
            if (text.charAt(at++) == '%') {
                if (at < text.length() && text.charAt(at) == '%') {
                    at++;
                } else if (!command()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** After the first percent sign, up to and with the last. */
    private boolean command() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '%') {
                return true;
            }
            if (c == '(') {
                return arguments() && spacesThen('%');
            }
        }
        return false;
    }

    private boolean arguments() {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == '[') {
            at++;
            return list();
        }
        return string(true) != Character.MIN_VALUE;
    }

    private boolean list() {
        while (spacesThen('"')) {
            char end = string(false);
            if (end != '"') {
                return end == ')';
            }
            skipSpaces();
            char next = at < text.length() ? text.charAt(at++) : Character.MIN_VALUE;
            if (next != ',') {
                return next == ']' && spacesThen(')');
            }
        }
        return false;
    }

    /** To the closing parenthesis, or to the quote that ends an element of a list; NUL if the text ends before. */
    private char string(boolean bare) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                if (at++ >= text.length()) {
                    return Character.MIN_VALUE;
                }
            } else if (c == ')' || c == '"' && !bare) {
                return c;
            }
        }
        return Character.MIN_VALUE;
    }

    private boolean spacesThen(char expected) {
        skipSpaces();
        return at < text.length() && text.charAt(at++) == expected;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
