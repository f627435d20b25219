package dev.weft.control.validate.rules;

import java.util.List;

/** Where routes lead, and their shares. */
final class HttpDestinations {
    private HttpDestinations() {}

    /** Destinations with weights: none negative, not all zero. */
    static void weighted(Place route) {
        List<Place> choices = route.items();
        double total = 0;
        for (Place choice : choices) {
            Place destination = choice.get("destination");
            if (!destination.present()) {
                destination.error("a destination was expected");
            }
            destination(destination);
            HeaderRules.operations(choice.get("headers"));
            if (choice.get("weight").number() < 0) {
                choice.get("weight").error("0 or more was expected");
            }
            total += choice.get("weight").number();
        }
        if (choices.size() > 1 && total == 0) {
            route.error("weights were expected, of which at least one is not 0");
        }
    }

    static void destination(Place destination) {
        if (!destination.present()) {
            return;
        }
        Place host = destination.get("host");
        host.error(host.is("*") ? java.util.Optional.of("a host was expected") : HostNames.wildcard(host.text()));
        if (!destination.get("subset").text().isEmpty()) {
            DestinationRuleRules.subsetName(destination.get("subset"));
        }
        if (destination.get("port").present()) {
            Values.port(destination.get("port").get("number"));
        }
    }
}
