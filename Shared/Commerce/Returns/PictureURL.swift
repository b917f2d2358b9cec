import Foundation

/// The URL of a picture or film that somebody shows of goods.
///
/// *Guarantees*: nothing here ever fetches one. Somebody will click on it: what is accepted is of the web over TLS, names
/// its host openly, and holds no character that could end the text it is shown in.
public enum PictureURL {
    /// LIMIT: what a browser's address line holds.
    public static let bytesMax = 2_000

    /// Whether it is one: `https`, a host, no credentials, everything unusual percent-encoded.
    public static func isAcceptable(_ text: String) -> Bool {
        guard text.utf8.count <= bytesMax, text.utf8.allSatisfy(isPlain), let url = URLComponents(string: text) else {
            return false
        }
        return url.scheme?.lowercased() == "https" && url.host?.isEmpty == false && url.user == nil
            && url.password == nil
    }

    /// RFC 3986, 2: what stands in a URL as it is.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !encoded.contains(byte)
    }

    private static let encoded = Set(#""<>\^`{|}"#.utf8)
}
