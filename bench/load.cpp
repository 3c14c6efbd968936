// Many clients on one thread: load --port P --clients N --seconds S [--rows FILE] [--ramp S] [--flows N] [--pause MS] [--cycle] FLOW
//
// FLOW is a file of steps with a line "%%" between them. A step is "METHOD TARGET", header lines, an empty line and a
// body, as HTTP has them; Host and Content-Length are added. In it stand for something else: {1} to {9} for the columns
// (between tabs) of the row that this flow is for, {key} for a key that nobody had before, {name} for the last segment
// of the last answer's Location. A client takes the next row, sends the steps one after the other over its own kept
// connection and begins anew; a refusal (4xx, 5xx) ends the flow. Without rows there is one empty row for ever; with
// them they are used once (or --cycle), and clients without one end. --ramp: the clients begin one after the other over
// so many seconds. --flows: so many flows for each client, and then it ends. --pause: between two flows of a client.
//
// Prints one JSON object: for each step its answers by status (and a problem's code) with the moments (microseconds from
// the begin) when the first of a kind came and when the last of a kind was asked for, and its times in microseconds from
// sending to the last byte of the answer.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Columns = std::vector<std::string_view>;

[[noreturn]] void fail(const std::string& what) {
  std::cerr << "load: " << what << '\n';
  std::exit(1);
}

std::int64_t now_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("no such file: " + file);
  std::stringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const std::size_t end = text.find(by, at);
    parts.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    at = end == std::string_view::npos ? end : end + by.size();
  }
  return parts;
}

struct Options {
  int port = 0;
  int clients = 1;
  double seconds = 1;
  double ramp_seconds = 0;
  std::int64_t pause_ms = 0;
  std::int64_t flows = -1;
  bool cycle = false;
  std::string rows;
  std::string flow;
};

// A text in pieces: literal, placeholder, literal, …
struct Template {
  std::vector<std::string_view> literals;
  std::vector<std::string_view> names;  // names[i] stands behind literals[i]

  explicit Template(std::string_view text) {
    for (;;) {
      const std::size_t open = text.find("{");
      const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
      const auto name = close == std::string_view::npos ? std::string_view() : text.substr(open + 1, close - open - 1);
      const bool is_name = name == "key" || name == "name" || (name.size() == 1 && name[0] >= '1' && name[0] <= '9');
      if (open == std::string_view::npos) {
        literals.push_back(text);
        return;
      }
      if (!is_name) {  // a brace of the JSON: stays
        literals.push_back(text.substr(0, open + 1));
        names.push_back("");
        text.remove_prefix(open + 1);
        continue;
      }
      literals.push_back(text.substr(0, open));
      names.push_back(name);
      text.remove_prefix(close + 1);
    }
  }
};

// Answers of one kind.
struct Tally {
  std::uint64_t count = 0;
  std::int64_t first_came_us = 0;
  std::int64_t last_asked_us = 0;
};

struct Step {
  Template head;
  Template body;
  std::vector<std::uint32_t> times_us = {};
  std::map<std::string, Tally> answers = {};
};

struct Client {
  int fd = -1;
  std::size_t step = 0;
  Columns row = {};
  std::string name = {};  // of the last Location
  std::string out = {};
  std::size_t sent = 0;
  std::string in = {};
  std::int64_t sent_at_us = 0;
  std::int64_t flows_left = -1;
  bool is_blocked = false;  // the socket takes no more for now
  bool is_done = false;
};

struct Answer {
  int status = 0;
  std::string_view code = {};
  std::string_view location = {};
};

class Load {
 public:
  explicit Load(const Options& options) : options_(options), flow_text_(content_of(options.flow)) {
    for (std::string_view text : split(flow_text_, "\n%%\n")) {
      while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
      const std::size_t gap = text.find("\n\n");
      const std::string_view body = gap == std::string_view::npos ? std::string_view() : text.substr(gap + 2);
      steps_.push_back({.head = Template(text.substr(0, gap)), .body = Template(body)});
    }
    if (!options.rows.empty()) {
      rows_text_ = content_of(options.rows);
      if (!rows_text_.empty() && rows_text_.back() == '\n') rows_text_.pop_back();
      rows_ = split(rows_text_, "\n");
    }
    key_prefix_ = std::to_string(::getpid()) + "-" + std::to_string(now_us()) + "-";
  }

  void run() {
    rlimit most{};
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    epoll_ = epoll_create1(0);
    clients_.resize(static_cast<std::size_t>(options_.clients));
    for (Client& client : clients_) connect(client);
    begin_us_ = now_us();
    const auto end_us = begin_us_ + static_cast<std::int64_t>(options_.seconds * 1e6);
    while (working_ > 0 || started_ < clients_.size()) {
      const std::int64_t now = now_us();
      if (now >= end_us) is_over_ = true;
      if (now >= end_us + 30'000'000) fail("no answer for 30 seconds");
      start_due(now);
      while (!resting_.empty() && (is_over_ || resting_.front().until_us <= now)) {
        Client& client = *resting_.front().client;
        resting_.pop_front();
        begin_flow(client);
      }
      turn();
    }
    took_us_ = now_us() - begin_us_;
  }

  void print() {
    std::printf("{\"seconds\":%.6f,\"broken\":%llu,\"steps\":[", static_cast<double>(took_us_) / 1e6,
                static_cast<unsigned long long>(broken_));
    for (std::size_t i = 0; i < steps_.size(); ++i) print(steps_[i], i == 0 ? "" : ",");
    std::printf("]}\n");
  }

 private:
  void connect(Client& client) {
    client.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(options_.port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (client.fd < 0 || ::connect(client.fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
      fail(std::string("connect: ") + std::strerror(errno));
    }
    const int yes = 1;
    setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(client.fd, F_SETFL, O_NONBLOCK);
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.ptr = &client;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &wanted);
    client.flows_left = options_.flows;
  }

  void start_due(std::int64_t now) {
    const double passed = static_cast<double>(now - begin_us_) / 1e6;
    const auto all = static_cast<double>(clients_.size());
    const double due = options_.ramp_seconds > 0 ? std::min(all, 1 + all * passed / options_.ramp_seconds) : all;
    while (started_ < clients_.size() && (static_cast<double>(started_) < due || is_over_)) {
      ++working_;
      begin_flow(clients_[started_++]);
    }
  }

  void turn() {
    epoll_event events[256];
    const int wait_ms = started_ < clients_.size() || !resting_.empty() ? 1 : 20;
    const int count = epoll_wait(epoll_, events, 256, wait_ms);
    for (int i = 0; i < count; ++i) {
      Client& client = *static_cast<Client*>(events[i].data.ptr);
      if ((events[i].events & EPOLLOUT) != 0) send_more(client);
      if ((events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) receive(client);
    }
  }

  void begin_flow(Client& client) {
    const bool has_row = options_.rows.empty() || next_row_ < rows_.size() || (options_.cycle && !rows_.empty());
    if (is_over_ || !has_row || client.flows_left == 0) return end(client);
    if (client.flows_left > 0) --client.flows_left;
    if (!options_.rows.empty()) client.row = split(rows_[next_row_++ % rows_.size()], "\t");
    client.step = 0;
    send_step(client);
  }

  void rest(Client& client) {
    if (options_.pause_ms == 0) return begin_flow(client);
    resting_.push_back({now_us() + options_.pause_ms * 1000, &client});
  }

  void end(Client& client) {
    if (client.is_done) return;
    client.is_done = true;
    --working_;
  }

  void append(std::string& out, const Template& text, const Client& client) {
    for (std::size_t i = 0; i < text.literals.size(); ++i) {
      out += text.literals[i];
      if (i >= text.names.size()) continue;
      const std::string_view name = text.names[i];
      if (name == "key") {
        out += key_prefix_;
        out += std::to_string(++keys_);
      } else if (name == "name") {
        out += client.name;
      } else if (!name.empty()) {
        const auto column = static_cast<std::size_t>(name[0] - '1');
        if (column >= client.row.size()) fail("a row has too few columns");
        out += client.row[column];
      }
    }
  }

  void send_step(Client& client) {
    const Step& step = steps_[client.step];
    body_.clear();
    append(body_, step.body, client);
    lines_.clear();
    append(lines_, step.head, client);
    client.out.clear();
    client.sent = 0;
    bool is_first = true;
    for (std::string_view line : split(lines_, "\n")) {
      client.out.append(line).append(is_first ? " HTTP/1.1\r\nHost: localhost\r\n" : "\r\n");
      is_first = false;
    }
    if (!body_.empty()) {
      client.out.append("Content-Type: application/json\r\nContent-Length: ").append(std::to_string(body_.size()));
      client.out.append("\r\n");
    } else if (lines_.compare(0, 3, "GET") != 0) {
      client.out.append("Content-Length: 0\r\n");
    }
    client.out.append("\r\n").append(body_);
    client.sent_at_us = now_us();
    send_more(client);
  }

  void send_more(Client& client) {
    const ssize_t count = ::send(client.fd, client.out.data() + client.sent, client.out.size() - client.sent, MSG_NOSIGNAL);
    if (count > 0) client.sent += static_cast<std::size_t>(count);
    if (count < 0 && errno != EAGAIN) return lose(client);
    const bool is_blocked = client.sent < client.out.size();
    if (is_blocked == client.is_blocked) return;
    client.is_blocked = is_blocked;
    epoll_event wanted{};
    wanted.events = is_blocked ? (EPOLLIN | EPOLLOUT) : EPOLLIN;
    wanted.data.ptr = &client;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, client.fd, &wanted);
  }

  void lose(Client& client) {
    ++broken_;
    ::close(client.fd);
    client.fd = -1;
    end(client);
  }

  void receive(Client& client) {
    char buffer[64 * 1024];
    const ssize_t count = recv(client.fd, buffer, sizeof buffer, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return lose(client);
    const std::string_view got(buffer, static_cast<std::size_t>(count));
    if (client.in.empty() && is_whole(got)) return finish(client, got);
    client.in.append(got);
    if (!is_whole(client.in)) return;
    const std::string whole = std::move(client.in);
    client.in.clear();
    finish(client, whole);
  }

  static std::string_view field(std::string_view head, std::string_view name) {
    const std::size_t at = head.find(name);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + name.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }

  static bool is_whole(std::string_view bytes) {
    const std::size_t head = bytes.find("\r\n\r\n");
    if (head == std::string_view::npos) return false;
    const std::string_view length = field(bytes.substr(0, head + 2), "\r\nContent-Length: ");
    return bytes.size() >= head + 4 + (length.empty() ? 0 : std::strtoull(length.data(), nullptr, 10));
  }

  static Answer read(std::string_view bytes) {
    Answer answer{.status = std::atoi(bytes.substr(9, 3).data())};
    const std::size_t end = bytes.find("\r\n\r\n");
    answer.location = field(bytes.substr(0, end + 2), "\r\nLocation: ");
    if (answer.status < 400) return answer;
    constexpr std::string_view code = "\"code\":\"";
    const std::size_t at = bytes.find(code, end);
    if (at == std::string_view::npos) return answer;
    answer.code = bytes.substr(at + code.size(), bytes.find('"', at + code.size()) - at - code.size());
    return answer;
  }

  void finish(Client& client, std::string_view bytes) {
    Step& step = steps_[client.step];
    step.times_us.push_back(static_cast<std::uint32_t>(now_us() - client.sent_at_us));
    const Answer answer = read(bytes);
    kind_ = std::to_string(answer.status);
    if (!answer.code.empty()) kind_.append(" ").append(answer.code);
    Tally& tally = step.answers[kind_];
    if (++tally.count == 1) tally.first_came_us = now_us() - begin_us_;
    tally.last_asked_us = std::max(tally.last_asked_us, client.sent_at_us - begin_us_);
    if (!answer.location.empty()) client.name = answer.location.substr(answer.location.rfind('/') + 1);
    if (answer.status >= 400 || ++client.step == steps_.size()) return rest(client);
    if (is_over_) return end(client);
    send_step(client);
  }

  void print(Step& step, const char* separator) {
    auto& times = step.times_us;
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
      if (times.empty()) return 0U;
      return times[std::min(times.size() - 1, static_cast<std::size_t>(part * static_cast<double>(times.size())))];
    };
    std::printf("%s{\"count\":%zu,\"p50\":%u,\"p95\":%u,\"p99\":%u,\"p999\":%u,\"max\":%u,\"answers\":{", separator,
                times.size(), at(0.5), at(0.95), at(0.99), at(0.999), at(1));
    const char* comma = "";
    for (const auto& [kind, tally] : step.answers) {
      std::printf("%s\"%s\":{\"count\":%llu,\"first_came\":%lld,\"last_asked\":%lld}", comma, kind.c_str(),
                  static_cast<unsigned long long>(tally.count), static_cast<long long>(tally.first_came_us),
                  static_cast<long long>(tally.last_asked_us));
      comma = ",";
    }
    std::printf("}}");
  }

  Options options_;
  std::string flow_text_;
  std::string rows_text_;
  std::vector<Step> steps_;
  std::vector<std::string_view> rows_;
  std::size_t next_row_ = 0;
  std::string key_prefix_;
  std::uint64_t keys_ = 0;
  std::vector<Client> clients_;
  std::size_t started_ = 0;
  std::size_t working_ = 0;
  std::uint64_t broken_ = 0;
  struct Resting {
    std::int64_t until_us;
    Client* client;
  };
  std::deque<Resting> resting_;  // all rest equally long, so the first to begin is in front
  bool is_over_ = false;
  int epoll_ = -1;
  std::int64_t begin_us_ = 0;
  std::int64_t took_us_ = 0;
  std::string body_;
  std::string lines_;
  std::string kind_;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--cycle") {
      options.cycle = true;
    } else if (!name.starts_with("--")) {
      options.flow = name;
    } else if (i + 1 < argc) {
      const char* value = argv[++i];
      if (name == "--port") options.port = std::atoi(value);
      else if (name == "--clients") options.clients = std::atoi(value);
      else if (name == "--seconds") options.seconds = std::atof(value);
      else if (name == "--ramp") options.ramp_seconds = std::atof(value);
      else if (name == "--flows") options.flows = std::atoll(value);
      else if (name == "--pause") options.pause_ms = std::atoll(value);
      else if (name == "--rows") options.rows = value;
      else fail("no such option: " + std::string(name));
    }
  }
  if (options.port == 0 || options.flow.empty() || options.clients < 1) fail("what to do? see the head of load.cpp");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  Load load(read_options(argc, argv));
  load.run();
  load.print();
}
