import Support
import Testing

/// One after another: they share the stack, and some of them break it on purpose.
@Suite("End to end", .serialized, .enabled(if: RunningStack.isThere), .tags(.endToEnd))
enum EndToEnd {}

extension Tag {
    @Tag static var endToEnd: Self
}
