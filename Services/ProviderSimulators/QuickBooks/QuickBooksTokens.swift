import Crypto
import Foundation

/// The company's tokens. Each renewal gives a refresh token with a higher number; the one before stays good until its
/// successor is used, and anything older is dead.
///
/// The number is signed in the token itself, so that a process that starts anew still knows the tokens it gave out.
struct QuickBooksTokens: Sendable {
    static let lifetime: TimeInterval = 3600

    private let first: String
    private let secret: String
    private var newest = 0
    private var isDisconnected = false
    private var expiries: [String: Date] = [:]
    private var accessNumber: IDCounter

    init(_ settings: QuickBooksSettings, idOffset: IDOffset) {
        first = settings.refreshToken
        secret = settings.clientSecret
        accessNumber = IDCounter(1 + idOffset.value * 1000)
    }

    /// Nil for a refresh token that is good no longer.
    mutating func renew(_ refreshToken: String, now: Date) -> (access: String, refresh: String)? {
        guard !isDisconnected, let number = number(of: refreshToken) else { return nil }
        guard number >= newest - 1 else { return nil }
        if number >= newest { newest = number + 1 }
        let access = "at-\(accessNumber.take())-\(Self.code("access", secret).prefix(12))"
        expiries[access] = now.addingTimeInterval(Self.lifetime)
        return (access, token(newest))
    }

    func isGood(_ accessToken: String, now: Date) -> Bool { expiries[accessToken].map { now < $0 } ?? false }

    /// Access tokens are taken no longer.
    mutating func expire() { expiries = [:] }

    /// The company takes its leave of the app.
    mutating func disconnect() {
        isDisconnected = true
        expiries = [:]
    }

    mutating func reconnect() {
        isDisconnected = false
        newest = 0
        expiries = [:]
    }

    private func token(_ number: Int) -> String {
        number == 0 ? first : "RT1-\(number)-\(Self.code("refresh \(number)", secret).prefix(24))"
    }

    private func number(of text: String) -> Int? {
        if text == first { return 0 }
        let parts = text.split(separator: "-")
        guard parts.count == 3, let number = Int(parts[1]), number > 0, token(number) == text else { return nil }
        return number
    }

    private static func code(_ text: String, _ secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(secret.utf8)))
            .map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    }
}
