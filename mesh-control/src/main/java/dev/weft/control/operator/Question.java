package dev.weft.control.operator;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Status;
import java.time.Duration;

/** Reads the fields of a question. */
record Question(Struct said) {

    /** Empty if it is missing. */
    String text(String name) {
        return value(name).getStringValue();
    }

    boolean flag(String name) {
        return value(name).getBoolValue();
    }

    /** The default if it is missing. */
    long number(String name, long otherwise) {
        Value value = value(name);
        return value.hasNumberValue() ? (long) value.getNumberValue() : otherwise;
    }

    Duration seconds(String name, Duration otherwise) {
        return Duration.ofSeconds(number(name, otherwise.toSeconds()));
    }

    private Value value(String name) {
        return said.getFieldsOrDefault(name, Value.getDefaultInstance());
    }

    static RuntimeException invalid(String message) {
        return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
    }
}
