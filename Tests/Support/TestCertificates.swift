import Foundation

/// An authority of a test's own and a server certificate signed by it, made by `openssl` in a temporary folder.
public struct TestCertificates: Sendable {
    private let folder: URL

    public var authority: String { folder.appending(path: "authority.pem").path }
    public var certificate: String { folder.appending(path: "server.pem").path }
    public var key: String { folder.appending(path: "server.key").path }

    /// - Parameter host: the name in the certificate; the loopback's address is there too.
    public static func make(for host: String) async throws -> TestCertificates {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let certificates = TestCertificates(folder: folder)
        let path = folder.path
        let steps = [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority "
                + "-keyout \(path)/authority.key -out \(path)/authority.pem",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(host) "
                + "-addext subjectAltName=DNS:\(host),IP:127.0.0.1 -keyout \(path)/server.key -out \(path)/server.csr",
            "x509 -req -in \(path)/server.csr -CA \(path)/authority.pem -CAkey \(path)/authority.key -CAcreateserial "
                + "-days 2 -copy_extensions copy -out \(path)/server.pem",
        ]
        for step in steps {
            try await Command.run("/usr/bin/env", ["openssl"] + step.split(separator: " ").map(String.init))
        }
        // The servers run as users of their own.
        chmod(certificates.key, 0o644)
        return certificates
    }

    public func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A program run to its end.
public enum Command {
    public struct Failed: Error, CustomStringConvertible {
        public let command: String
        public let status: Int32

        public var description: String { "\(command) ended with status \(status)" }
    }

    public static func run(_ program: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { process in
                let command = ([program] + arguments).joined(separator: " ")
                let status = process.terminationStatus
                guard status == 0 else { return ended.resume(throwing: Failed(command: command, status: status)) }
                ended.resume()
            }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
    }
}
