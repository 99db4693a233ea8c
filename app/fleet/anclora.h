// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/anclora_metrics.h"
#include "app/fleet/dependency_client.h"
#include "app/fleet/service_process.h"
#include "app/fleet/system_definition.h"
#include "app/fleet/traffic.h"
#include "app/fleet/worker_pool.h"

namespace atalaya::fleet {

/// The WhatsApp bot of an estate agency: webhooks bring what customers write, replies and reminders and campaigns pass
/// through one queue all instances share, and workers take them from it, ask the bot, call the WhatsApp API and count
/// what becomes of each message. No breakers, no flags.
class Anclora final : public ServiceProcess
{
public:
    Anclora(ProcessContext context, std::shared_ptr<AncloraBackend> backend);
    ~Anclora() override;

    int workUnderWay() const override { return m_working; }

protected:
    void beginServing() override;
    void stopTraffic() override;
    std::optional<Answer> page(const std::string &path) override;
    std::vector<StartupCheck> startupChecks() override;
    LogShape logShape() const override { return LogShape::Winston; }
    void logLineWritten(LogLevel level, bool isJson) override;

private:
    struct Job
    {
        AncloraMessage message;
        SimTime began{0};
        std::size_t next = 0; ///< step
        int line = 0;
    };
    using JobPtr = std::shared_ptr<Job>;

    struct RedisPool
    {
        const char *name;
        DependencyClient client;
        WorkerPool connections;
        int inUse() const;
    };

    void receive();
    void enqueue(const AncloraMessage &message);
    void launchCampaign(std::size_t size, int campaign, const void *runaway);
    void pull();
    void runNext(const JobPtr &job);
    void think(const JobPtr &job);
    void meetIntent(const JobPtr &job, int intent, double confidence);
    void handOff(const JobPtr &job, const std::string &reason);
    void doBusiness(int intent);
    void send(const JobPtr &job);
    void awaitDelivery(int line);
    void finish(const JobPtr &job);
    void fail(const JobPtr &job, const std::string &errorType);
    void leave();
    void callRedis(RedisPool &redis, const char *operation, std::function<void()> then);
    void everySecond();
    void runCampaignAway();
    void checkLine(int line);
    std::string maskedPhone();

    Answer healthNow() const;
    Answer metricsText();

    RandomStream m_random;
    std::shared_ptr<AncloraBackend> m_backend;
    AncloraMetrics m_metrics;
    RedisPool m_redis;
    RedisPool m_analytics;
    DependencyClient m_api;
    DependencyClient m_delivery;
    Traffic m_traffic;
    NodeRuntime m_runtime;
    int m_working = 0;
    SimTime m_nextCampaign{0};
    SimTime m_lastProcessed{0};
    qint64 m_processed = 0;
    qint64 m_failed = 0;
    std::array<bool, std::size(ancloraLines)> m_isLineUp{};
    int m_seconds = 0;
};

/// While it stands among an instance's conditions, that instance's campaigns repeat themselves without end.
inline constexpr const char *runawayCampaign = "runaway campaign";

/// The system as the fleet starts it. Each call is a system of its own, with its own queue.
SystemDefinition ancloraSystem();

} // namespace atalaya::fleet
