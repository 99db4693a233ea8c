// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet.h"

#include <QtCore/QCoreApplication>

#include <nlohmann/json.hpp>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;

Fleet::Fleet(FleetSettings settings, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_clock(clock)
    , m_systems(knownSystems())
    , m_simulation(clock, m_settings.speed)
    , m_admin(m_instances, m_settings.credentials, clock, m_simulation, m_settings.seed)
    , m_adminListener([this](const Request &request) { return m_admin.answer(request); })
{
    connect(&m_tick, &QTimer::timeout, this, &Fleet::advance);
    connect(&m_flush, &QTimer::timeout, this, [this] {
        for (const auto &instance : m_instances)
            instance->flushLog();
    });
}

Fleet::~Fleet() = default;

Result<void> Fleet::open()
{
    for (const FleetSettings::Instance &wanted : m_settings.instances) {
        const auto system = std::ranges::find(m_systems, wanted.system, &SystemDefinition::key);
        if (system == m_systems.end())
            return failure(ErrorKind::BadInput, {},
                           u"the fleet has no system \"%1\""_s.arg(QString::fromStdString(wanted.system)));
        m_instances.push_back(std::make_unique<ServiceInstance>(*system, wanted.settings, m_simulation, m_clock,
                                                                m_settings.seed, m_settings.credentials));
        if (const auto opened = m_instances.back()->open(m_settings.logFolder); !opened) {
            m_instances.clear();
            return opened;
        }
    }
    if (const auto port = m_adminListener.listen(m_settings.adminPort); !port) {
        m_instances.clear();
        return failure(port.error());
    }
    return {};
}

void Fleet::run()
{
    m_tick.start(Milliseconds(100));
    m_flush.start(Seconds(1));
}

void Fleet::advance()
{
    m_simulation.catchUp();
    if (!m_isDraining || m_isDrained)
        return;
    const auto isStopped = [](const auto &instance) { return instance->phase() == ServiceInstance::Phase::Stopped; };
    if (std::ranges::all_of(m_instances, isStopped)) {
        m_isDrained = true;
        Q_EMIT drained();
    }
}

void Fleet::shutDown()
{
    if (m_isDraining)
        return;
    m_isDraining = true;
    m_simulation.catchUp();
    for (const auto &instance : m_instances)
        instance->shutDown();
}

std::string Fleet::readyLine() const
{
    nlohmann::ordered_json instances = nlohmann::ordered_json::array();
    for (const auto &instance : m_instances)
        instances.push_back({{"system", instance->system().key}, {"id", instance->id()}, {"url", instance->url()}});
    return nlohmann::ordered_json{{"ready", true},
                                  {"pid", QCoreApplication::applicationPid()},
                                  {"admin_url", m_adminListener.url()},
                                  {"instances", instances}}
        .dump();
}

ServiceInstance *Fleet::instance(const std::string &id)
{
    const auto found = std::ranges::find_if(m_instances, [&](const auto &instance) { return instance->id() == id; });
    return found == m_instances.end() ? nullptr : found->get();
}

} // namespace atalaya::fleet

#include "moc_fleet.cpp"
