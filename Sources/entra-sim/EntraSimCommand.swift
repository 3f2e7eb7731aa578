import EntraSim

@main
struct EntraSimCommand {
    static func main() {}
}
