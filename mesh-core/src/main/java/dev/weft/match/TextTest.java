package dev.weft.match;

import com.google.re2j.Pattern;
import dev.weft.config.StringMatch;
import java.util.Locale;

/** A {@link StringMatch} made ready: expressions compiled, letters folded. Immutable. */
public abstract class TextTest {
    private TextTest() {}

    public abstract boolean test(String text);

    /** The condition in words, for explanations. */
    public abstract String describe();

    public static TextTest of(StringMatch match) {
        if (match instanceof StringMatch.Exact exact) {
            return exact.ignoreCase()
                    ? named("exact \"" + exact.value() + "\" (any case)", exact.value()::equalsIgnoreCase)
                    : named("exact \"" + exact.value() + "\"", exact.value()::equals);
        }
        if (match instanceof StringMatch.Prefix prefix) {
            String value = prefix.value();
            boolean fold = prefix.ignoreCase();
            return named("prefix \"" + value + "\"", text -> text.regionMatches(fold, 0, value, 0, value.length()));
        }
        if (match instanceof StringMatch.Suffix suffix) {
            String value = suffix.value();
            boolean fold = suffix.ignoreCase();
            return named(
                    "suffix \"" + value + "\"",
                    text -> text.regionMatches(fold, text.length() - value.length(), value, 0, value.length()));
        }
        if (match instanceof StringMatch.Contains contains) {
            String value = contains.ignoreCase() ? contains.value().toLowerCase(Locale.ROOT) : contains.value();
            return named(
                    "contains \"" + value + "\"",
                    text -> (contains.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text).contains(value));
        }
        StringMatch.Regex regex = (StringMatch.Regex) match;
        Pattern pattern = Pattern.compile(regex.expression());
        SimpleExpression simple = SimpleExpression.of(regex.expression());
        return named(
                "regex \"" + regex.expression() + "\"",
                simple == null
                        ? pattern::matches
                        : text -> text.indexOf('\n') < 0 ? simple.matches(text) : pattern.matches(text));
    }

    private static TextTest named(String words, java.util.function.Predicate<String> condition) {
        return new TextTest() {
            @Override
            public boolean test(String text) {
                return condition.test(text);
            }

            @Override
            public String describe() {
                return words;
            }
        };
    }
}
