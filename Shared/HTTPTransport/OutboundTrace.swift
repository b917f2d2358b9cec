/// The W3C trace of the work at hand; every request sent within it carries it.
public enum OutboundTrace {
    @TaskLocal public static var traceparent: String?
}
