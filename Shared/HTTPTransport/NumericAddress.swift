import Foundation

/// IPv4 and IPv6 addresses as text.
enum NumericAddress {
    static func checked(_ text: String) throws(HTTPTransportError) -> String {
        guard bytes(text) != nil else {
            throw HTTPTransportError(
                code: .invalidRequest, message: "the address to connect to is none", wasSent: false)
        }
        return text
    }

    static func areSame(_ left: String, _ right: String) -> Bool {
        guard let bytes = bytes(left) else { return false }
        return bytes == self.bytes(right)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
