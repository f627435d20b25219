package dev.weft.control.istio;

import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Counts what a YAML parser says and stops it: the tree that is built from it would cost hundreds of bytes for each character
 * of hostile input, and a level of the stack for each bracket.
 */
final class BoundedParser implements Parser {
    /** No resource nests deeper than about fifteen. */
    static final int MAX_DEPTH = 64;

    /** Some hundred thousand lines: no resource has as many, etcd would not take it. */
    static final int MAX_EVENTS_OF_DOCUMENT = 400_000;

    static final int MAX_EVENTS_OF_FILE = 4_000_000;
    private static final int MAX_DOCUMENTS = 100_000;

    private final Parser parser;
    private int depth;
    private int documents;
    private int ofDocument;
    private int ofFile;

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof DocumentStartEvent) {
            documents++;
            ofDocument = 0;
        }
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                // Scalars and marks of documents are only counted.
            }
        }
        ofDocument++;
        ofFile++;
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (depth > MAX_DEPTH) {
            throw new TooBig(line, "at most " + MAX_DEPTH + " levels of nesting were expected");
        }
        if (ofDocument > MAX_EVENTS_OF_DOCUMENT || ofFile > MAX_EVENTS_OF_FILE || documents > MAX_DOCUMENTS) {
            throw new TooBig(line, "smaller documents were expected, and fewer of them in a file");
        }
        return event;
    }
}
