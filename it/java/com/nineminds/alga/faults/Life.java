package com.nineminds.alga.faults;

import com.nineminds.alga.faults.Account.State;
import com.nineminds.alga.harness.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The random steps of one customer: it registers, pays, redeems, checks in, and loses its machine.
 * It repeats a step without an answer before any other step.
 */
final class Life {

  private static final int STEPS = 30;

  /** One of this many machines has a name that others have too. */
  private static final int CLONES = 8;

  private final Account account;
  private final Random random;
  private final List<String> lost = new ArrayList<>();
  private Consumer<Caller> open;
  private int steps;

  private Life(Account account, Random random) {
    this.account = account;
    this.random = random;
  }

  /** A new customer, which the service does not know yet. */
  static Life begin(Ledger ledger, Random random) {
    String name = ledger.name() + "-" + Customer.unique();
    String edition = List.of("essentials", "pro", "premium").get(random.nextInt(3));
    boolean paid = !edition.equals("essentials") && random.nextInt(3) > 0;
    // without a subscription, only the key tells a repeat from a second customer
    String key = !paid || random.nextBoolean() ? "key-" + name : null;
    Buyer buyer = new Buyer(name + "@ledger.test", edition, "sub_" + name, paid, key);
    Life life = new Life(new Account(ledger, buyer), random);
    ledger.open(life);
    return life;
  }

  Account account() {
    return account;
  }

  boolean isOver() {
    return steps >= STEPS && open == null;
  }

  /** Does the next step, or repeats the step without an answer. */
  void step(Caller caller) {
    take(open == null ? choose() : open, caller);
  }

  /** Repeats a step without an answer. Also does the steps that end any doubt. */
  void settle(Caller caller) {
    if (open != null) {
      take(open, caller);
    }
    while (account.isOvertaken() || account.isInDoubt()) {
      take(account.isOvertaken() ? redeem(account.machine()) : checkIn(account.machine()), caller);
    }
  }

  /** Repeats requests of the clients, to check the tenant, its code and its machines. */
  void revisit(Caller caller) {
    take(this::repeat, caller);
    account.machines().forEach(machine -> take(checkIn(machine), caller));
    if (account.state() == State.coded) {
      String machine = machine();
      take(redeem(machine), caller);
      take(stranger(), caller);
      if (account.isPaid()) {
        take(checkIn(machine), caller);
        take(this::again, caller);
      }
    }
  }

  private void take(Consumer<Caller> step, Caller caller) {
    open = step;
    step.accept(caller);
    open = null;
    lost.clear();
    steps++;
  }

  private Consumer<Caller> choose() {
    int dice = random.nextInt(100);
    return switch (account.state()) {
      case unknown -> caller -> account.registered(send(account.registration(), caller));
      case unpaid -> dice < 70 ? this::pay : this::repeat;
      case coded -> dice < 70 ? redeem(machine()) : dice < 80 ? checkInOr(dice) : meanwhile(dice);
      case installed -> installed(dice);
      case active -> dice < 40 ? checkInOr(dice) : dice < 60 ? this::again : meanwhile(dice);
    };
  }

  private Consumer<Caller> installed(int dice) {
    if (account.isOvertaken() || dice < 15) {
      return redeem(account.machine());
    }
    if (account.isInDoubt() || (account.isPaid() && dice < 60)) {
      return checkIn(account.machine());
    }
    return account.isPaid() || dice < 60 ? meanwhile(dice) : this::pay;
  }

  /** A step that is possible in every state. */
  private Consumer<Caller> meanwhile(int dice) {
    if (dice % 3 == 0 && account.state() != State.coded) {
      return stranger();
    }
    return dice % 3 == 1
        ? this::repeat
        : caller -> account.reissued(send(account.reissue(), caller));
  }

  private Consumer<Caller> checkInOr(int dice) {
    List<String> machines = account.machines();
    return machines.isEmpty()
        ? meanwhile(dice)
        : checkIn(machines.get(random.nextInt(machines.size())));
  }

  private void pay(Caller caller) {
    account.paid(send(account.payment(), caller));
  }

  private void repeat(Caller caller) {
    account.repeated(send(account.registration(), caller));
  }

  private void again(Caller caller) {
    account.refused(send(account.redeem(account.machine()), caller));
  }

  private Consumer<Caller> redeem(String machine) {
    return caller -> account.redeemed(machine, send(account.redeem(machine), caller));
  }

  private Consumer<Caller> checkIn(String machine) {
    return caller -> account.checkedIn(machine, send(account.checkIn(machine), caller));
  }

  private Consumer<Caller> stranger() {
    String machine = "stranger-" + Customer.unique();
    return caller -> account.refused(send(account.redeem(machine), caller));
  }

  private Told send(Caller.Request request, Caller caller) {
    return caller.send(request, lost);
  }

  private String machine() {
    if (account.machine() != null && random.nextInt(3) > 0) {
      return account.machine();
    }
    return random.nextInt(CLONES) == 0 ? "clone-" + random.nextInt(3) : "box-" + Customer.unique();
  }
}
