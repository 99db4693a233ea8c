// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/health_store.h"
#include "models/health/health_table_model.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::health {

/// What lies behind one row: each instance, its raw answer, its start-up validation, and what is not known.
class HealthDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit HealthDetails(HealthStore &store, QWidget *parent = nullptr);
    ~HealthDetails() override;

    void show(const HealthLine &row, Timestamp now, const QTimeZone &zone);

Q_SIGNALS:
    void closeRequested();
    void tryNowRequested();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::health
