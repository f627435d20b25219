package dev.weft.route;

import dev.weft.match.HeaderTest;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header value that may hold Envoy's formatters. Understood: {@code %REQ(name?other):max%}, {@code %RESP(name?other):max%},
 * {@code %PROTOCOL%} and {@code %%}.
 */
public final class HeaderTemplate {
    private final List<Piece> pieces;

    private HeaderTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** What is wrong with a value, worded as an expectation, or null if it can be honoured. */
    public static @Nullable String problem(String value) {
        try {
            of(value);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** @throws IllegalArgumentException for a formatter that is unknown or broken */
    static HeaderTemplate of(String value) {
        List<Piece> pieces = new ArrayList<>(1);
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c != '%') {
                literal.append(c);
                at++;
                continue;
            }
            int close = value.indexOf('%', at + 1);
            if (close < 0) {
                throw new IllegalArgumentException("a % that is closed, or %% for the character itself");
            }
            if (close == at + 1) {
                literal.append('%');
            } else {
                pieces.add(new Literal(literal.toString()));
                literal.setLength(0);
                pieces.add(formatter(value.substring(at + 1, close)));
            }
            at = close + 1;
        }
        pieces.add(new Literal(literal.toString()));
        return new HeaderTemplate(pieces);
    }

    private static Piece formatter(String text) {
        if (text.equals("PROTOCOL")) {
            return new Literal("HTTP/1.1");
        }
        int open = text.indexOf('(');
        int close = text.indexOf(')');
        boolean ofRequest = text.startsWith("REQ(");
        if (open < 0 || close < open || !ofRequest && !text.startsWith("RESP(")) {
            throw new IllegalArgumentException(
                    "%REQ(name)%, %RESP(name)% or %PROTOCOL%; %" + text + "% is not supported");
        }
        String[] names = text.substring(open + 1, close).split("\\?", 2);
        int max = Integer.MAX_VALUE;
        if (close + 1 < text.length()) {
            try {
                max = Integer.parseInt(text.substring(close + 2));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a length after ':' in %" + text + "%");
            }
        }
        return new Field(ofRequest, names[0], names.length > 1 ? names[1] : null, max);
    }

    /** The value; null when it consists of formatters alone and none of them has one: then the field is not sent. */
    @Nullable
    String render(RequestHead request, @Nullable ResponseHead response) {
        if (pieces.size() == 1) {
            return pieces.get(0).render(request, response);
        }
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (Piece piece : pieces) {
            String value = piece.render(request, response);
            if (value == null) {
                continue;
            }
            any |= !(piece instanceof Literal) || !value.isEmpty();
            out.append(value);
        }
        return any ? out.toString() : null;
    }

    private sealed interface Piece {
        @Nullable
        String render(RequestHead request, @Nullable ResponseHead response);
    }

    private record Literal(String text) implements Piece {
        @Override
        public String render(RequestHead request, @Nullable ResponseHead response) {
            return text;
        }
    }

    private record Field(
            boolean ofRequest, String name, @Nullable String other, int max) implements Piece {
        @Override
        public @Nullable String render(RequestHead request, @Nullable ResponseHead response) {
            String value = value(name, request, response);
            if (value == null && other != null) {
                value = value(other, request, response);
            }
            return value == null || value.length() <= max ? value : value.substring(0, max);
        }

        private @Nullable String value(String field, RequestHead request, @Nullable ResponseHead response) {
            if (ofRequest) {
                return HeaderTest.valueOf(field.toLowerCase(java.util.Locale.ROOT), request);
            }
            return response == null ? null : response.headers().first(field);
        }
    }
}
