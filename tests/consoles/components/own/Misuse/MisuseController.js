({
  assigned: function (component, event) {
    console.log("id = " + event.getParam("Id") + ", agent work = " + event.getParam("agentWorkId"));
  },
  bareId: function (component) {
    component.find("omni").acceptAgentWork("0Bz000000000001").catch(function (error) {
      console.log("rejected: " + error.message);
    });
  },
  unknownStatus: function (component) {
    component.find("omni").setServicePresenceStatus({ statusId: "Available" }).catch(function (error) {
      console.log("rejected: " + error.message);
    });
  },
  noArgument: function (component) {
    component.find("omni").closeAgentWork({ workid: "0Bz000000000001" }).catch(function (error) {
      console.log("rejected: " + error.message);
    });
  },
  wrongWork: function (component) {
    component.find("omni").acceptAgentWork({ workId: "0Bz000000000zzz" }).catch(function (error) {
      console.log("rejected: " + error.message);
    });
  },
  unknownMethod: function (component) {
    component.find("omni").getAgentStatus();
  },
  uncaught: function (component) {
    component.find("omni").declineAgentWork({ workId: "x" });
  }
})
