import Foundation

/// Gives each request a nonce and a time of its own.
public struct NetSuiteSigner: Sendable {
    private let now: @Sendable () -> Date
    private let nonce: @Sendable () -> String

    /// - Parameters:
    ///   - now: real time, never the adjustable clock: NetSuite refuses what is minutes off.
    ///   - nonce: letters and digits that never repeat.
    public init(now: @escaping @Sendable () -> Date, nonce: @escaping @Sendable () -> String) {
        self.now = now
        self.nonce = nonce
    }

    /// The machine's clock and random nonces.
    public static let live = NetSuiteSigner(
        now: { Date.now },  // real time
        nonce: { randomNonce() })

    func authorization(settings: NetSuiteSettings, method: String, url: String) -> String {
        let timestamp = Int(now().timeIntervalSince1970)
        return NetSuiteSignature(settings: settings, nonce: nonce(), timestamp: timestamp)
            .authorization(method: method, url: url)
    }

    private static func randomNonce() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        // LIMIT: 32 characters are 190 bits, beyond any chance of a repetition.
        return String((0..<32).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
