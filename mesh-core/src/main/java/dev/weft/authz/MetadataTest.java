package dev.weft.authz;

import dev.weft.config.MetadataMatch;
import dev.weft.config.ValueMatch;
import dev.weft.match.TextTest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A {@link MetadataMatch} made ready. Immutable. */
public final class MetadataTest {
    /** Stands for what is not there; null is a value. */
    private static final Object ABSENT = new Object();

    private final MetadataMatch match;
    private final Predicate<@Nullable Object> value;

    private MetadataTest(MetadataMatch match) {
        this.match = match;
        this.value = test(match.value());
    }

    public static MetadataTest of(MetadataMatch match) {
        return new MetadataTest(match);
    }

    /** Whether it holds for what has been noted so far. */
    public boolean test(Arrival arrival) {
        return value.test(find(arrival.metadata(match.filter()))) != match.invert();
    }

    private @Nullable Object find(Map<?, ?> noted) {
        Object at = noted;
        for (String key : match.path()) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return ABSENT;
            }
            at = map.get(key);
        }
        return at;
    }

    private static Predicate<@Nullable Object> test(ValueMatch match) {
        if (match instanceof ValueMatch.Text text) {
            TextTest test = TextTest.of(text.match());
            return found -> found instanceof String string && test.test(string);
        }
        if (match instanceof ValueMatch.Element element) {
            Predicate<@Nullable Object> test = test(element.condition());
            return found -> found instanceof List<?> list && list.stream().anyMatch(test);
        }
        if (match instanceof ValueMatch.OneOf some) {
            List<Predicate<@Nullable Object>> tests =
                    some.conditions().stream().map(MetadataTest::test).toList();
            return found -> tests.stream().anyMatch(test -> test.test(found));
        }
        if (match instanceof ValueMatch.Bool bool) {
            return found -> found instanceof Boolean truth && truth == bool.value();
        }
        if (match instanceof ValueMatch.Number number) {
            return found -> found instanceof Number amount && within(amount.doubleValue(), number);
        }
        if (match instanceof ValueMatch.Null) {
            return found -> found == null;
        }
        boolean present = ((ValueMatch.Present) match).present();
        return found -> present && found != ABSENT;
    }

    private static boolean within(double amount, ValueMatch.Number wanted) {
        return wanted.start() == wanted.end()
                ? amount == wanted.start()
                : amount >= wanted.start() && amount < wanted.end();
    }
}
