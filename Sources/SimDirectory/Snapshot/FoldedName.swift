/// A name as compared by the directory: without case. Plain ASCII lower case is returned as it is.
func foldedName(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { $0 < 0x80 && !(65...90).contains($0) }
    return isPlain ? name : name.lowercased()
}
