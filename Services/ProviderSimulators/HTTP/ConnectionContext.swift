import Hummingbird
import NIOCore

/// A request's context that can cut its connection.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Closes the TCP connection. Whatever is answered afterwards reaches nobody.
    func cut() async {
        try? await channel.close().get()
    }
}
