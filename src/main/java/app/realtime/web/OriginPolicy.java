package app.realtime.web;

/** Which web pages may read the answers of this service. Thread-safe, does not block. */
@FunctionalInterface
public interface OriginPolicy {

    /** Whether the value of an {@code Origin} header, such as {@code https://app.example}, is allowed. */
    boolean allows(String origin);
}
